"""What relief says of mutual aid (职工医疗互助)."""
