"""SpeechSegment → Draft, Utterance."""
