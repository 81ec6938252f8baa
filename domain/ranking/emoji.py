"""Emoji names. Some emoji have several names: `collision` and `boom` are the same emoji.

People can type any of these names, but Slack stores a reaction under the first name. The table
comes from https://github.com/iamcal/emoji-data, which Slack uses: each line starts with Slack's
name. Python packages with such tables have other names, or load a megabyte of data.
"""

EMOJI_WITH_ALIASES = """
    laughing satisfied
    star-struck grinning_face_with_star_eyes
    zany_face grinning_face_with_one_large_and_one_small_eye
    face_with_hand_over_mouth smiling_face_with_smiling_eyes_and_hand_covering_mouth
    shushing_face face_with_finger_covering_closed_lips
    face_with_raised_eyebrow face_with_one_eyebrow_raised
    face_vomiting face_with_open_mouth_vomiting
    exploding_head shocked_face_with_exploding_head
    face_with_symbols_on_mouth serious_face_with_symbols_covering_mouth
    hankey poop shit
    boom collision
    hand raised_hand
    crossed_fingers hand_with_index_and_middle_fingers_crossed
    the_horns sign_of_the_horns
    middle_finger reversed_hand_with_middle_finger_extended
    +1 thumbsup
    -1 thumbsdown
    facepunch punch
    mrs_claus mother_christmas
    runner running
    men-with-bunny-ears-partying man-with-bunny-ears-partying
    women-with-bunny-ears-partying woman-with-bunny-ears-partying
    two_women_holding_hands women_holding_hands
    man_and_woman_holding_hands woman_and_man_holding_hands couple
    two_men_holding_hands men_holding_hands
    feet paw_prints
    dolphin flipper
    bee honeybee
    ladybug lady_beetle
    fried_egg cooking
    hocho knife
    car red_car
    boat sailboat
    moon waxing_gibbous_moon
    mostly_sunny sun_small_cloud
    barely_sunny sun_behind_cloud
    partly_sunny_rain sun_behind_rain_cloud
    lightning lightning_cloud
    tornado tornado_cloud
    shirt tshirt
    mans_shoe shoe
    phone telephone
    izakaya_lantern lantern
    book open_book
    email envelope
    memo pencil
    exclamation heavy_exclamation_mark
    medical_symbol staff_of_aesculapius
    cn flag-cn
    de flag-de
    es flag-es
    fr flag-fr
    gb uk flag-gb
    it flag-it
    jp flag-jp
    kr flag-kr
    ru flag-ru
    us flag-us
"""


def _names() -> dict[str, str]:
    """Return Slack's name for each alias."""
    lines = [line.split() for line in EMOJI_WITH_ALIASES.strip().splitlines()]
    return {alias: name for name, *aliases in lines for alias in aliases}


NAMES_BY_ALIAS = _names()


def emoji_name(reaction: str) -> str:
    """Return Slack's name of a reaction's emoji without its skin tone.

    `thumbsup::skin-tone-3` is `+1`.
    """
    name = reaction.partition("::")[0]
    return NAMES_BY_ALIAS.get(name, name)
