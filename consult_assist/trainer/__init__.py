"""Exercise, StampedEvent → ExerciseScored."""
