"""Pure rules of the counter: what is asked and stated there, cues and conditions, labels, masking."""
