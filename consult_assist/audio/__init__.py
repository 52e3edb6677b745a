"""microphone | file → AudioFrame, and AudioFrame → recording on disk."""
