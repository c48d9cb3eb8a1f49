"""Mutual aid (职工医疗互助) and cancer cover for women workers (防癌保险)."""
