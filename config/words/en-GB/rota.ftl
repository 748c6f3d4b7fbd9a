# Rotas: check-ins that come round, and who is on them.

rota-new = Start a rota
    .help = Start a rota: which days, what time, how many people.
rota-new-name = Name
    .ask = What is the rota called?
rota-new-when = Days and time
    .ask = Which days, and what time? Such as “every tuesday and thursday 19:00” or “daily 20:00”.
rota-new-length = How long
    .ask = How long is a shift? Leave it out for one hour.
rota-new-people = How many people
    .ask = How many people is a shift for? Leave it out for one.
rota-new-zone = Time zone
    .ask = In which time zone? Leave it out for your own.
rota-new-where = Where
    .ask = In which room do check-ins open?
rota-new-words = Opening words
    .ask = What words open the check-in?
rota-show = See a rota
    .help = See the next two weeks: who is on, and what is open.
rota-show-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-join = Join a rota
    .help = Take one shift, or a place every week.
rota-join-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-join-date = Which day
    .ask = Which day?
rota-join-every = Once or every week
    .ask = Once, or every week?
rota-leave = Leave a rota
    .help = Come off one shift, or end a weekly place. No reason is needed.
rota-leave-rota = Which rota
    .ask = Which rota? Its number or its name.
rota-leave-date = Which day
    .ask = Which day?
rota-leave-every = Once or every week
    .ask = Once, or every week?
rota-mine = Your shifts
    .help = See your own next shifts.
rota-remind = Pings
    .help = Say how long before a shift you want a ping.
rota-remind-leads = How long before
    .ask = How long before a shift? Such as “a day and 15 minutes”, or “none”.
rota-end = End a rota
    .help = End a rota for everyone.
rota-end-rota = Which rota
    .ask = Which rota is to end? Its number or its name.

# A rule in words.
rota-see-this = { $name }
rota-shift-on = { $when }
rota-numbered = { $number }. { $name }
rota-rule = Every { $days } at { $time } ({ $zone }), for { $length }. { $people ->
    [one] One person on each shift.
   *[other] { $people } people on each shift.
}
rota-any-day = day
rota-weekday = weekday
rota-monday = Monday
rota-tuesday = Tuesday
rota-wednesday = Wednesday
rota-thursday = Thursday
rota-friday = Friday
rota-saturday = Saturday
rota-sunday = Sunday
rota-first = The first is { $first }. Then { $then }.
rota-time-skipped = The clocks go forward on { $day }, so { $time } does not come. That shift starts at { $starts }.
rota-time-twice = The clocks go back on { $day }, so { $time } comes twice. That shift starts at the first one.

# Starting a rota.
rota-kept = The rota “{ $name }” is kept. It is number { $number }, and its room has been told.
rota-kept-on = Nobody is on it until they join. To join, type “rota join { $number }”. To end it, type “rota end { $number }”.
rota-see-it = See the rota
rota-name-taken = There is a rota called “{ $name }” here. Please choose another name.
rota-when-unclear = I need days and one time, such as “every tuesday and thursday 19:00”, “weekdays 8pm” or “daily 20:00”.
rota-room-new = There is a new rota: { $name }.
rota-room-invitation = Anyone may join, for one shift or every week. Type “rota join { $number }”.

# Looking at rotas.
rota-several = These are the group’s rotas, each with its next shift.
rota-shift = { $when }: { $people }. { $open ->
    [0] No place open.
    [one] One place open.
   *[other] { $open } places open.
}
rota-shift-empty = { $when }: nobody yet. { $open ->
    [one] One place open.
   *[other] { $open } places open.
}
rota-times-yours = Shifts are shown in your own time ({ $zone }).
rota-how-to-join = To join, type “rota join { $number }” and a day, or “every week”.
rota-mine-heading = Your next shifts, in your own time.
rota-mine-shift = { $when }: { $name }.
rota-mine-shift-with = { $when }: { $name }, with { $others }.
rota-mine-none = You are not on any shift in the next eight weeks.

# Which rota, which shift.
rota-none = There is no rota here yet. To start one, type “rota new”.
rota-which = Which rota? Give its number or name: { $rotas }.
rota-unknown = I know no such rota here. There is: { $rotas }.
rota-gone = That rota has just ended. Nothing was changed.
rota-no-shift = “{ $name }” has no shift on that day. The next are { $dates }.
rota-shift-over = That shift is over. Nothing was changed.

# Joining.
rota-join-this = Join { $when }
rota-join-which = Which shift of “{ $name }”? Pick one, or type “rota join { $number }” and a day, or “every week”.
rota-join-none-open = “{ $name }” has no open place for you in the next eight weeks.
rota-joined = You are on “{ $name }”, { $when }.
rota-joined-weekly = You have a place on “{ $name }” every { $days }. The next are { $dates }.
rota-join-already = You are on “{ $name }”, { $when }, already. Nothing has changed.
rota-join-already-weekly = You have a weekly place on “{ $name }” already. Nothing has changed.
rota-pings = You get a ping in private this long before: { $leads }.
rota-pings-none = You get no pings, as you chose.
rota-change-mind = You can leave at any time. No reason is needed.
rota-change-mind-weekly = You can leave one day or all of it at any time: type “rota leave { $number }”. No reason is needed.
rota-shift-full = The shift { $when } is full. “rota show” shows what is open.
rota-shift-far = Single shifts can be joined up to { $until } for now. A nearer day works, or “every week”.
rota-weekly-taken = Every weekly place there is taken. Single shifts may be open: “rota show” shows them.
rota-weekly-full = Some of those shifts are full: { $dates }. Nothing was changed. You can join single days instead.

# Leaving.
rota-leave-this = Leave { $when }
rota-leave-which = Which shift of “{ $name }”? Pick one, or type “rota leave { $number }” and a day, or “every week”.
rota-leave-none = You are not on “{ $name }” in the next eight weeks.
rota-left = You are off “{ $name }”, { $when }.
rota-left-weekly = Your weekly place on “{ $name }” has ended.
rota-left-still = You are still on these days, which you joined one by one: { $dates }.
rota-leave-not-on = You are not on “{ $name }”, { $when }. Nothing has changed.
rota-leave-no-weekly = You have no weekly place on “{ $name }” there. Nothing has changed.

# Pings.
rota-remind-kept = You get a ping this long before each of your shifts: { $leads }.
rota-remind-none = You get no pings before your shifts.
rota-ping = Your shift: { $name }, { $when }.
rota-ping-with = On with you: { $others }.
rota-ping-alone = You are the only one on so far.
rota-ping-in-room = { $person }, there is a ping for you. To see it, type “rota mine”.
rota-cannot = I can’t make it

# In the room.
rota-open = The check-in “{ $name }” is open.
rota-open-words = { $words }
rota-open-people = Here until { $until }: { $people }.
rota-gap = Nobody is on “{ $name }”, { $when }. It stays open, and anyone may take it.
rota-take-it = I can take it

# Ending a rota.
rota-ended = The rota “{ $name }” has ended, and its room has been told.
rota-room-ended = The rota “{ $name }” has ended.
rota-ended-yours = The rota “{ $name }” has ended, so these shifts of yours are off: { $dates }.
