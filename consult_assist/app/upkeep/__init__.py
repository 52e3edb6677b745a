"""Keeping the office's PC and knowledge in order: equipment, speech models, what the office knows."""
