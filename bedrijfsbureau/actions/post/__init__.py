"""What comes in from outside, until it lies in the right dossier."""
