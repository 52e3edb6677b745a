"""SpeechSegment → voice."""
