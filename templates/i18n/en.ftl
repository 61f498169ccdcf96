# The words of the site in English. Every other catalogue has the same keys.

language_name = English
skip = Skip to content
nav_status = Status
nav_history = History
nav_label = Main
languages_label = Languages
as_of = Data as of
stale = This page may be out of date. It was last built on
local_time = { $time } your time
back_to_status = Back to current status

# States of services
operational = Operational
under_maintenance = Under maintenance
degraded_performance = Degraded performance
partial_outage = Partial outage
major_outage = Major outage
no_data = No data

# Where an incident or a maintenance stands
investigating = Investigating
identified = Identified
monitoring = Monitoring
resolved = Resolved
scheduled = Scheduled
in_progress = In progress
verifying = Verifying
completed = Completed
canceled = Canceled
merged = Merged
update = Update
latest_update = Latest update

incident = Incident
maintenance = Maintenance
impact_none = No impact
impact_maintenance = Maintenance
impact_minor = Minor impact
impact_major = Major impact
impact_critical = Critical impact

# One sentence about all services
overall_operational = All systems are operational
overall_no_data = No services are listed here yet
overall_monitoring = A fix is in place and we are watching it
overall_investigating = We are looking into an incident
overall_maintenance_running = Maintenance is in progress
overall_under_maintenance = { $count ->
    [one] { $service } is under maintenance
   *[other] { $count } services are under maintenance
}
overall_degraded_performance = { $count ->
    [one] { $service } is not performing as it should
   *[other] { $count } services are not performing as they should
}
overall_partial_outage = { $count ->
    [one] { $service } is partly unavailable
   *[other] { $count } services are partly unavailable
}
overall_major_outage = { $count ->
    [one] { $service } is down
   *[other] { $count } services are down
}
overall_all_down = { $count ->
    [one] { $service } is down
   *[other] All services are down
}
overall_affected = { $count } of { $total } services are affected.

# Home; what is expected follows the name of a service
open_incidents = Open incidents
running_maintenance = Maintenance in progress
coming_maintenance = Upcoming maintenance
services = Services
other_services = Other services
recent_history = The last 14 days
full_history = Full history
nothing_reported = Nothing to report
ninety_days_ago = 90 days ago
today = Today
uptime = uptime
uptime_unknown = no data yet
next_update_by = Next update by
next_update_overdue = The next update was promised by
affected_services = Affected services
expected_operational = expected: operational
expected_under_maintenance = expected: under maintenance
expected_degraded_performance = expected: degraded performance
expected_partial_outage = expected: partial outage
expected_major_outage = expected: major outage
window = Window
window_open_no_word = The announced window has begun; the start of the work has not been reported yet.
window_over_no_word = The announced window is over; no work has been reported.
window_overrun = This maintenance is taking longer than announced.
bars_summary = { $days } days: { $problems ->
    [0] none with problems
    [one] 1 with problems
   *[other] { $problems } with problems
}{ $maintenance ->
    [0] { "" }
   *[other] , { $maintenance } with maintenance
}{ $unknown ->
    [0] { "" }
   *[other] , { $unknown } without data
}.

# An incident or a maintenance
began = Began
mitigated = Mitigated
ended = Ended
duration = Duration
duration_so_far = So far
impact = Impact
status = Status
over_time = Over time
as_table = As a table
state = State
from = From
to = To
ongoing = ongoing
updates = Updates
no_updates = No public update yet.
edited = Edited
redacted = Partly removed
written_in = Written in
public_summary = What happened, and what we learned
merged_note = This incident is part of another one, where updates continue:
merged_note_unknown = This incident turned out to be part of another one.
canceled_note = This turned out not to be an incident, or will not take place.
all_in_month = Other events of that month

# A service
a_year = The last year, day by day
last_days = { $count ->
    [one] Last day
   *[other] Last { $count } days
}
no_downtime = No downtime
downtime = { $duration } of downtime
counted = What was counted as downtime
counted_none = Nothing was counted as downtime in the last year.
counted_note = Uptime = 1 − downtime ÷ time watched. A major outage counts in full, a partial outage 30%, degraded performance and announced maintenance not at all; maintenance beyond its announced window counts as an outage. Where outages overlap, the heaviest counts once. Figures are rounded down.
weight = Weight
counts_as = Counts as
data_since = Data since { $day }.
not_watched = There are no data yet.
service_incidents = Incidents and maintenance
service_no_incidents = Nothing has been reported for this service.
retired_on = Retired on
replaced_by = Replaced by

# History
history_title = History
events_count = { $count ->
    [0] No events
    [one] 1 event
   *[other] { $count } events
}
older = Earlier
newer = Later
history_empty = Nothing has been reported yet.

# The parts of the site
nav_maintenance = Maintenance
nav_postmortems = Postmortems
nav_search = Search
nav_subscribe = Subscribe

# Maintenance
maintenance_intro = Planned work: what is coming, what is running now, and what was completed.
maintenance_none = No maintenance is planned.
maintenance_done = Completed in the last year
maintenance_none_done = No maintenance was completed in the last year.
add_to_calendar = Add to calendar
calendar = Calendar
calendar_note = A calendar program that subscribes to this address shows planned work, and follows when it moves or is canceled.
calendar_all = Calendar of all maintenance

# Postmortems
postmortems_title = Postmortems
postmortems_intro = What happened, and what we learned from it.
postmortems_none = No postmortem has been published yet.
postmortems_of = Postmortems { $year }
postmortems_by_year = By year

# Subscribe
subscribe_title = Subscribe
subscribe_intro = Hear of incidents and maintenance without looking here.
subscribe_all = All services
subscribe_services = One service
subscribe_to_service = Subscribe to this service
feeds_note = Every incident and every maintenance is one entry, which moves to the top with each update. Any feed reader takes any of the formats.
for_programs = For programs
for_programs_note = The status in the format of version 2 of the usual status page API, and figures for monitoring.
status_api = Status API

# Search
search_title = Search
search_intro = All incidents and maintenance, by any of their words.
search_label = Words to look for
search_without_script = Search runs in the browser and needs JavaScript. Without it, everything is here, month by month:
search_found = Found: { $count }
search_found_none = Nothing found
search_too_short = Two letters or more, please.
search_failed = The search index could not be loaded. It needs a web server and a connection.
search_more = Show more

# Pages that are not there
not_found_title = Page not found
not_found_text = There is nothing at this address. The status of all services is on the home page.
moved_title = This page has moved

# Announcements: messages in chats, by mail and to telephones
announce_opened = New incident
announce_withdrawn = Message withdrawn
announce_corrected = Message corrected
announce_maintenance = Planned maintenance
announce_postmortem = Postmortem published
announce_incidents = Incidents
announce_next_update = Next update
announce_time = Time
announce_fact = { $name }: { $value }

# Dates and numbers
month_1 = January
month_2 = February
month_3 = March
month_4 = April
month_5 = May
month_6 = June
month_7 = July
month_8 = August
month_9 = September
month_10 = October
month_11 = November
month_12 = December
short_month_1 = Jan
short_month_2 = Feb
short_month_3 = Mar
short_month_4 = Apr
short_month_5 = May
short_month_6 = Jun
short_month_7 = Jul
short_month_8 = Aug
short_month_9 = Sep
short_month_10 = Oct
short_month_11 = Nov
short_month_12 = Dec
date_day = { $day } { $month } { $year }
date_short_day = { $day } { $short_month }
date_month = { $month } { $year }
date_clock = { $hour }:{ $minute } { $zone }
date_moment = { $day }, { $clock }
date_span = { $from } – { $to }
duration_days = { $n } d
duration_hours = { $n } h
duration_minutes = { $n } min
duration_two_units = { $large } { $small }
duration_under_a_minute = under 1 min
percent = { $whole }.{ $hundredths }%
