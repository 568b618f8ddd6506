"""A policy as it is worked on, and how it becomes a version."""
