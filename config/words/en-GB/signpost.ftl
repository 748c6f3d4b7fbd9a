# Cards, and the lines that answer day and night. The cards themselves are in config/signposts/.

find = Find help
    .help = Find practical help, in your own words.
find-need = What you need
    .ask = What has happened, or what do you need? Any words will do.
find-nothing = No card here fits that. Other words may find one, such as “debt” or “they stopped my money”.
find-elsewhere = There is a card like that for another nation, and none for { $nation } yet.
find-also = These may fit too:
find-now = At any hour, “now” shows lines that answer day and night.

card = Open a card
    .help = Open one card.
card-id = Card
    .ask = Which card? Type its short name, such as debt-advice.
card-unknown = There is no card of that name. To look for one, type “find” and what you need.

now = Someone to talk to
    .help = Lines that answer day and night.
now-nation = Nation
    .ask = Which nation are you in?
now-title = Lines that answer day and night
now-one-nation = For one nation only, type “now” and its name.
now-nobody-told = Only you see this. Nobody is told that you looked.

signpost-england = England
signpost-scotland = Scotland
signpost-wales = Wales
signpost-ni = Northern Ireland

signpost-name = { $name }
signpost-summary = { $name }. { $description }
signpost-text = { $text }
signpost-only-for = { $nations }: { $what }
signpost-is-for = For { $nations }.
signpost-not-for = This card is not for { $nation }.
signpost-check-first = Check this first. Part of it was to be looked at again by { $day } { $year }, at { $sources }.
signpost-deadline = By when: { $text }
signpost-phone = { $name }: { $number }
signpost-phone-hours = { $name }: { $number }. { $hours }.
signpost-ready = Have ready: { $text }
signpost-left-out = Who is left out: { $text }
signpost-page = { $name }: { $url }
signpost-checked = Checked on { $day } { $year }, at { $sources }.
signpost-from-copies = Made from saved copies of those pages. A person has still to open them and look.
