"""ConsultationRecord → bytes, one file per format."""
