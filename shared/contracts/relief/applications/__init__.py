"""What relief says of applications and campaigns (救助申请、集中慰问)."""
