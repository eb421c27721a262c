"""A published cost in figures, with everything it needs to have."""

FACTS = {
    "label": "Delivery",
    "amount": "1500",
    "unit": "pupil",
    "timing": "once",
    "includes": "Staff time",
    "source": "https://example.org/costs (page 4)",
    "confidence": "low",
    "confidence_reason": "One site only",
}
