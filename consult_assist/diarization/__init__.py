"""SpeechSegment → who speaks."""
