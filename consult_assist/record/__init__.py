"""events → ConsultationRecord."""
