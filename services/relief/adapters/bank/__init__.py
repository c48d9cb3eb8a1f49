"""Files for banks (银行代发) and from them (回盘): CSV, XLSX, ISO 20022."""
