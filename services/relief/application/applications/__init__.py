"""Relief programmes, applications and campaigns (救助项目、救助申请、集中慰问)."""
