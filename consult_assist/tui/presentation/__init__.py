"""Events and records → what a screen shows: pure, no Textual application needed."""
