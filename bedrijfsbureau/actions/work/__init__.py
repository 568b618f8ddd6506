"""What a worker does without being asked by anyone: timers, rounds, reading bytes again, learning."""
