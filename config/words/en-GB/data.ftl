# What is kept, told in chat: one sentence for each topic that the tables name.

about-data-nothing-said = Nothing that people say is kept. This is all there is:
about-data-group = How the group has things: its time zone, nation, language and channel, what it asks for before someone offers company, its own words on emergencies, and who invited me, until they are told how I am set up. The group sees it. It goes when I am out of the group.
about-data-messages = What I still have to tell somebody: whom, and which sentence of mine. Nobody sees it. It is emptied when it is told. That it was told goes a week later.
about-data-wishes = What you told me about yourself: time zone, nation, when and how pings reach you, and when you may be asked. Only you see it. It goes when you take it back, or leave the group.
about-data-pauses = That you paused, and until when. Nobody sees it but you, and no reason is kept. It goes when you end it, or at that time.
about-data-apart = Whom you never want to be brought together with, and no reason. Only you see it, and the one you named never does. It goes when you let go of it, or leave the group. It stays when the one you named is forgotten here, for they could come back.
about-data-welcomes = Who welcomed whom, where the group asks for that before someone offers company. Only the two see it. It goes when it is taken back, or when either of them leaves the group.
about-data-marks = Where I go on reading after a restart, as marks of the platform and not as words. Nobody sees it. It goes when it was dealt with, after a day at most.
about-data-lists = What I gave you to choose from, as choices and not as words. Nobody sees it. It goes after a day.
about-data-asking = When a rota last asked you for a shift, for which shifts you are not asked again, and for which you are asked first. Only you see it, and what you answered is not kept. The first goes after seven days, the others when the shift is full or three days over.
about-data-feeds = That your calendar has an address to fetch your shifts from, as a digest and not as the address. Nobody sees it. It goes when you end it or make another, or leave the group.
about-data-rotas = Rotas with the name and the opening words that the group gave them, and who is on which date. The group sees it. Who offers a shift, and who is away when. A change, or a rota from a file, that waits for somebody’s word, for a day. A date goes eight days after it, so that a weekly limit can be kept. A standing place goes when the person leaves it.
about-data-asks = An ask for company until its sit is over: what kind, how long, when and where, what is off the table, who asked, who is named, asked and picked, who offered, and a change or more time that is wished for. The one who asked sees the offers. Those who are asked do not see who asks. Only those who meet see who meets, and a wish for more time is seen by nobody. All of it goes the moment the ask or the sit is over. A line of your own stands in no row, and goes then too, or when I am started anew.
about-data-open-hours = An open hour: its room, what kind, from when until when, and who started it, so that they can end it. The group sees all but who started it, and that only if they chose so. Nobody who comes is kept. It goes when it is over. And which rotas hold open hours, until somebody ends that.
about-data-hellos = Hellos at times that you chose: when, for how long, who hears of it, what happens without an answer, and the buddy whom you asked. You see it, and your buddy sees their part. No answer is kept. It goes when you stop it, or when its weeks are over.
about-data-openings = That you are open to asks, and until when. Nobody sees it but you. It goes when you pause, or at that time.
about-data-forgotten = That somebody was forgotten, as a number that tells nobody who it was: so that a restored backup forgets them again. Nobody sees it. It goes when no older backup is left.
about-data-unused = When a group uses nothing of mine for thirteen months, all that is kept of it goes.
about-data-gone = Gone means gone from the file too. A backup, if there is one, holds it until its own date, and whoever runs me can read the rows, though no command shows them who asked whom.
about-data-platform-discord = Discord keeps every message and every use of a command, and I cannot delete that for you.
about-data-platform-matrix = The server keeps every message, in encrypted rooms without being able to read it, and every reaction. I cannot delete that for you.
