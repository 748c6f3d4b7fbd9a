# Help, the truth about this bot, and a person's own ways.

help = Help
    .help = See what you can ask, or more about one thing.
help-topic = About what
    .ask = About what? For example “rota new”.
help-intro = You can ask me these things, in private or in the group’s room. I always answer in private. What you type in the room, everybody there sees.
help-intro-unseen = You can ask me these things, here or in any channel of the server. Only you see what you ask and what I answer.
help-command = { $command }: { $help }
help-option = { $option }: { $ask }
help-option-choices = { $option }: { $ask } ({ $choices })
help-more = For more about one, type “help” and its name, such as “help sit”.
help-no-such-topic = I have no help on that. Type “help” to see what you can ask.

about = About
    .help = What this is, who can read what, and what is kept.
about-what = I help this group look after each other: rotas, company when someone asks for it, and practical signposts. I am a program, and nobody’s service.
about-crisis = I am not a crisis service. If a life is in danger, ring 999. For lines that are open now, type “now”.
about-where = Where
    .ask = “room” for who can read this room, “data” for all that is kept; leave it out for the short answer.
about-readers = Who can read what
about-kept = What is kept
about-kept-nothing-said = Nothing that people say. I keep no messages, and there is no setting to make me.
about-kept-rota = Rotas, and who took which shift, until the shift is over or the person leaves it.
about-kept-ask = An ask for company while it is open, as choices and not words. When it is over, it is gone.
about-kept-lists = What I gave you to choose from, as choices and not words, for a day. So a number, or a reaction, still answers it.
about-kept-wishes = What you told me about yourself. Type “me” to see it, and “me forget” to let it go.
about-kept-group = How this group has things: type “group” to see it. When I am out of the group, all I keep of it goes at once.
about-kept-yours = What I keep of you: type “mydata” to see all of it, and “mydata forget” to let it go.

me = Your ways
    .help = What I know of how you like things.
me-intro = This is how I do things for you in this group:
me-zone-now = Times in { $zone }
me-nation-now = Nation: { $nation }
me-leads = Told { $leads } before your shifts
me-no-leads = Not told before your shifts
me-reach-private = Pings come only in private
me-reach-mention = Pings come in private. If that is closed, you are named in the rota’s room
me-reach-calendar = No pings are sent: your calendar is enough
me-quiet-now = Quiet from { $starts } to { $ends }
me-no-quiet = No quiet hours
me-asked = You may be asked when a shift needs people
me-not-asked = You are not asked when a shift needs people
me-limit-now = Asked for no more once you have { $count ->
    [one] { $count } shift
   *[other] { $count } shifts
} in a week
me-rest-now = At least { $rest } between the shifts you are asked for
me-paused-now = Paused until you type “me resume”: nobody asks you for anything
me-paused-until-now = Paused until { $until }: nobody asks you for anything
me-change = To change it, type “me zone”, “me nation”, “rota remind” or “me reach”. To let it all go, type “me forget”.
me-change-asking = For when you may be asked, type “me quiet”, “me ask”, “me limit” or “me rest”. To be asked nothing for a while, type “me pause”.
me-zone = Your time zone
    .help = Tell me your time zone.
me-zone-zone = Time zone
    .ask = Which time zone? For example “Europe/London” or “Dublin”.
me-zone-kept = Kept: { $zone }. For you it is now { $now }.
me-nation = Your nation
    .help = Tell me which nation you live in, for cards that fit.
me-nation-nation = Nation
    .ask = England, Scotland, Wales or Northern Ireland?
me-nation-kept = Kept: { $nation }.
me-reach = How pings reach you
    .help = Say how pings reach you, or that your calendar is enough.
me-reach-how = How
    .ask = In private (“private”), named in the room if that fails (“mention”), or none (“calendar”)?
me-reach-private-kept = Kept: pings come only in private. If that is closed, a ping is let go, and no room hears of it.
me-reach-mention-kept = Kept: if a private message cannot reach you, you are named in the rota’s room. Everybody there sees that there is a ping for you, and not what it is about.
me-reach-calendar-kept = Kept: no pings are sent to you. Your shifts are in your calendar, and “rota mine” shows them. To have pings again, type “me reach private”.
me-quiet = Your quiet hours
    .help = Tell me the hours in which you are asked nothing.
me-quiet-hours = Hours
    .ask = From when to when? For example “22:00-08:00”, or “none”.
me-quiet-kept = Kept: quiet from { $starts } to { $ends } ({ $zone }). In that time you are asked nothing, and a ping that would fall into it comes when it begins.
me-quiet-none = Kept: you have no quiet hours.
me-ask = Being asked to fill in
    .help = Say whether you may be asked when a shift needs people.
me-ask-answer = Answer
    .ask = May I ask you when a shift needs people? “yes” or “no”.
me-ask-yes = Kept: when a shift needs people, you may be asked. Once a day at most, never in your quiet hours, and never over your limits. If it does not suit you, there is nothing to do, and nobody sees whether you answer.
me-ask-no = Kept: you are not asked when a shift needs people. You can still take one yourself at any time.
me-limit = Your weekly limit
    .help = Say with how many shifts in a week you are asked for no more.
me-limit-shifts = Shifts a week
    .ask = How many shifts a week, Monday to Sunday? A number, or “none” for no limit.
me-limit-kept = Kept: once you have { $count ->
    [one] { $count } shift
   *[other] { $count } shifts
} in a week, from Monday to Sunday, you are asked for no more. You can still take more yourself.
me-limit-none = Kept: you have no weekly limit.
me-rest = Rest between shifts
    .help = Say how long you rest between two shifts.
me-rest-length = How long
    .ask = How long between two shifts? For example “12 hours”, or “none”.
me-rest-kept = Kept: you are asked for no shift less than { $rest } before or after another of yours.
me-rest-none = Kept: you are asked for shifts close to each other too, and for none that overlaps another of yours.
me-pause = Pause
    .help = Be asked for nothing for a while. No reason is needed.
me-pause-until = Until when
    .ask = For how long, or until when? Leave it out to stay paused until you type “me resume”.
me-paused = Paused. Nobody asks you for anything until you type “me resume”. No reason is needed.
me-paused-until = Paused until { $until }. Nobody asks you for anything before then. No reason is needed. To end it sooner, type “me resume”.
me-pause-shifts-pinged = Shifts that you said yes to stay yours, and pings for them still come. To see them, type “rota mine”. To leave one, type “rota leave”.
me-pause-shifts = Shifts that you said yes to stay yours. To see them, type “rota mine”. To leave one, type “rota leave”.
me-resume = End a pause
    .help = End your pause.
me-resumed = Your pause is over. What you told me before holds again: to see it, type “me”.
me-resumed-already = You have no pause. Nothing has changed.
me-forget = Let it go
    .help = Let go of what you told me about yourself.
me-forgotten = Gone. I now use this group’s own ways for you. This was about your ways alone. To see what else is kept of you, or let all of it go, type “mydata”.
someone-unclear = I cannot tell who that is. Name them as people are mentioned here, or by their id.
nation-england = England
nation-scotland = Scotland
nation-wales = Wales
nation-ni = Northern Ireland
nation-unknown = not told

# Who can read what, by world.
about-readers-local = This is a room on your own machine, to try things in. Whoever has the address reads everything.
about-readers-matrix = Everybody in a room reads what is said in it. I read only lines that start with “!”, and keep none.
about-readers-matrix-direct = In our direct chat I read what you type, to answer it, and keep none of it.
about-readers-matrix-devices = I trust each device of a person from the first time I see it. A group may ask for verified devices only. Then I write and listen to no others there.
about-readers-matrix-server = The server sees who is in which room, what the room is called, and who writes there and when. In encrypted rooms it does not see what they write.
about-readers-matrix-reactions = The server can read every reaction: whose it is, when, and under which message. To keep an answer from it, type the number.
