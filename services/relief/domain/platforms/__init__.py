"""Care platforms (爱心平台): partners, agreements, cards, redemptions, settlements."""
