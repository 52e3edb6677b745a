"""AudioFrame → SpeechSegment."""
