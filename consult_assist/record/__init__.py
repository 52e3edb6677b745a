"""events → ConsultationRecord; all pure."""
