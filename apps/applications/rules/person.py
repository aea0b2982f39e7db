"""Which questions speak about the person, whatever the program: asked once, used everywhere."""

#: Key of the question → the person's field.
PERSON_FIELDS = {
    "full-name": "full_name",
    "latin-name": "latin_name",
    "phone": "phone",
    "date-of-birth": "born_on",
    "country": "country_id",
    "town": "settlement",
}
