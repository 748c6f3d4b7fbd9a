# Sit with me.

sit = Ask for company
    .help = Ask for company, quiet or talking, now or later.
sit-wanted = What kind
    .ask = Quiet company, talking, or either?
sit-length = How long
    .ask = For how long?
sit-at = When
    .ask = When? Leave it out for now.
sit-wait = How long to wait
    .ask = How long shall I look for someone?
sit-where = Where
    .ask = In a room that I open, or in each other’s direct messages? Leave it out for a room.
sit-ask = Send the ask
    .help = Send the ask that was shown to you.
sit-ask-wanted = What kind
    .ask = Quiet company, talking, or either?
sit-ask-length = How long
    .ask = For how long?
sit-ask-at = When
    .ask = When? Leave it out for now.
sit-ask-wait = How long to wait
    .ask = How long shall I look for someone?
sit-ask-where = Where
    .ask = In a room that I open, or in each other’s direct messages? Leave it out for a room.
sit-open = Be open to asks
    .help = Say that you are open to sitting with someone.
sit-open-length = For how long
    .ask = For how long? Leave it out to stay open until you pause.
sit-open-now = You are open to being asked, until you pause. To pause, type “sit pause”. No reason is needed.
sit-open-until = You are open to being asked until { $until }. To stop sooner, type “sit pause”.
sit-open-paused = You have a pause, so nobody is put to you until it is over. To end it, type “me resume”.
sit-open-quiet = It is quiet for you until { $until }. Only what is asked after that is put to you.
sit-pause = Pause
    .help = Stop being asked. No reason is needed.
sit-paused = Paused. Nobody will be put to you until you type “sit open” again. To be asked for nothing at all for a while, type “me pause”.
sit-paused-already = You are not being asked at the moment. Nothing has changed.
sit-can = I can
    .help = Say that you can sit with the person who asked.
sit-can-ask = Which ask
    .ask = Which ask is it?
sit-pick = Pick who to sit with
    .help = Pick one of the people who can.
sit-pick-offer = Which person
    .ask = Which number?
sit-withdraw = Withdraw
    .help = Take back your ask, or your offer. No reason is needed.
sit-withdraw-ask = Which ask
    .ask = The short code of one ask. Leave it out for the one you have.

sit-kind-quiet = quiet company
sit-kind-talk = someone to talk with
sit-kind-either = company

# What those who are open see. The asker's name is not in it.
sit-seen-now = Someone would like { $kind } for { $length }, now.
sit-seen-later = Someone would like { $kind } for { $length }, on { $at }.
sit-seen-direct = You would meet in each other’s direct messages, not in a room that I open. To say “I can” is to agree to that.
sit-invitation-free = If it does not suit you, there is nothing to do. Nobody sees whether you answer.
sit-i-can = I can
sit-i-cannot = I cannot after all

# What the asker sees.
sit-preview = People who said they are open will see this, without your name:
sit-stance = This is company from peers, not a crisis service. If a life is in danger, ring 999. For lines that are open now, type “now”.
sit-preview-wait = Nothing has been sent yet. I will look until { $until }, and then tell you how it stands.
sit-ask-them = Send it
sit-withdraw-it = Withdraw
sit-asked = Sent. When someone can, I tell you who. If nobody can, I tell you by { $until }.
sit-asked-nobody-open = Nobody has said they are open just now. If someone opens, I put it to them. I tell you how it stands by { $until }. For lines that are open now, type “now”.
sit-already = You have an ask open already. To make a new one, type “sit withdraw” first.
sit-offered = { $person } can sit with you. You choose. Until you do, nobody else learns that it was you who asked.
sit-with = Sit with { $person }
sit-pick-which = More than one person can. Please pick one by their number.
sit-no-such-offer = That offer is no longer there.
sit-you-picked-now = You and { $person } are meeting. I am opening a room for the two of you.
sit-you-picked-later = You and { $person } are meeting on { $at }. I will open a room for the two of you then.
sit-you-picked-direct-now = You and { $person } are meeting in each other’s direct messages. You can write to each other now.
sit-you-picked-direct-later = You and { $person } are meeting on { $at }, in each other’s direct messages. I will tell you both when it is time.
sit-cannot-after-all = { $person } cannot make it after all. Your ask is still open.
# When someone takes back an answer that cannot be taken back.
sit-pick-stands = You have both been told, so I cannot take that back. You can leave the room at any time, or before it opens type “sit withdraw”.
sit-pick-stands-direct = You have both been told, so I cannot take that back. You can stop at any time, or before the time you agreed type “sit withdraw”.
sit-withdraw-stands = That ask is gone, so I cannot take that back. To ask again, type “sit”.
sit-withdrawn = Withdrawn. Nothing of it is kept.
sit-nobody = Nobody is free just now. I am sorry it was not different. These lines are open:
sit-nobody-again = You can ask again whenever you like: type “sit”.
sit-lapsed = The time you set is over, so I have let those who offered go. You can ask again whenever you like: type “sit”.

# What someone who offers sees.
sit-can-thanks = Thank you. I have told the person who asked. They choose, and I tell you either way.
sit-can-already = Your offer is with the person who asked. There is nothing more to do.
sit-can-which = More than one ask was put to you. Please answer with the choice under the one you mean.
sit-picked-you-now = { $person } would like to sit with you. I am opening a room for the two of you.
sit-picked-you-later = { $person } would like to sit with you on { $at }. I will open a room for the two of you then.
sit-picked-you-direct-now = { $person } would like to sit with you, in each other’s direct messages. You can write to each other now.
sit-picked-you-direct-later = { $person } would like to sit with you on { $at }, in each other’s direct messages. I will tell you both when it is time.
sit-taken-back = That is fine. I have taken your offer back.
sit-thanks = Thank you. They have company now.
sit-ended = That ask is over. Thank you for being willing.
sit-over = That ask is over. There is nothing more to do.
sit-nothing = You have no ask and no offer open. There is nothing to take back.

# The room.
sit-card = What was agreed
sit-card-people = Here: { $people }.
sit-card-kind = You agreed on { $kind }.
sit-card-length = For { $length }. Neither of you has to stay that long.
sit-card-leave = Either of you may leave at any time. No reason is needed.
sit-card-bot = I am leaving now. I read nothing here and keep nothing of it.
sit-card-clears = I stay only to take this room away, with all that was said in it: { $stays } after it opened, or sooner if one of you ends it. I read nothing here and keep nothing of it.
sit-end-it = End it now
sit-end = End it
    .help = Take away the room that the two of you are in.
sit-end-ask = Which one
    .ask = The short code on the button.
sit-room-ended = Ended. The room goes in a moment, with all that was said in it.
sit-missed = The room did not come about: it could not be opened, or not both of you came in. It is closed now, and nothing of it is kept. You can ask again whenever you like.

# Each other’s direct messages, in place of a room. The lines of “What was agreed” stand with them.
sit-introduced = It is time for your sit with { $person }. You can write to each other now, in your direct messages.
sit-direct-bot = I take no part in it. I read nothing there and keep nothing of it.
sit-direct-unreached = If you cannot reach each other there, you can ask again, for a room: type “sit”.
sit-missed-direct = The time you agreed on went by before I could tell you both that it had come. Nothing of it is kept. You can ask again whenever you like.
