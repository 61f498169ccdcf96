# The words of the internal site in English, beside those of the public one. Every other catalogue has the same keys.

inside_internal = Internal
inside_internal_note = Only for the people who respond. Nothing of this is for customers.
inside_public_note = What customers see.
inside_public_site = What customers see
inside_to_board = Live board
inside_to_record = The record behind it

# The parts of the site
inside_board = Live board
inside_triage = Triage
inside_deadlines = Deadlines
inside_incidents = Incidents
inside_actions = Actions
inside_findings = Findings
inside_postmortems = Postmortems
inside_drills = Drills
inside_readiness = Readiness
inside_metrics = Metrics

# Search
inside_search_intro = Records with their timelines, postmortems and actions, by any of their words and by the names of people.
inside_action_item = Action

# Metrics and reports
inside_metrics_intro = The last 90 days: with each number how many incidents it is based on. Restricted records are left out.
inside_report_intro = The quarter for a review by management. Restricted records are left out.
inside_quarters = Quarterly reports

# Durations that are measured, with what they count; `git incident stats` says the same
measure_detect = detect
measure_detect_counted = from the start of impact to its detection
measure_acknowledge = acknowledge
measure_acknowledge_counted = from detection until somebody took it on
measure_declare = declare
measure_declare_counted = from detection to declaration
measure_tell_customers = tell customers
measure_tell_customers_counted = from declaration, or the first severity if later, to the first public message
measure_tell_stakeholders = tell stakeholders
measure_tell_stakeholders_counted = from detection to the first time that stakeholders were told, where they were
measure_identify = identify the cause
measure_identify_counted = from detection to status identified, where that came before the mitigation
measure_contain = contain
measure_contain_counted = from detection to containment, of security incidents
measure_mitigate = mitigate
measure_mitigate_counted = from the start of impact to mitigation
measure_recover = recover
measure_recover_counted = time with impact: overlapping impact once, quiet time between reopenings not at all
measure_full_recovery = full recovery
measure_full_recovery_counted = from the first start of impact to its last end
measure_resolve = resolve
measure_resolve_counted = from the start of impact to the last resolution
measure_respond = time in response
measure_respond_counted = time in which it was live, each episode of a reopened one
measure_fix_deployment = undo a deployment
measure_fix_deployment_counted = from the deployment that caused it to the end of impact
measure_answer_escalation = answer an escalation
measure_answer_escalation_counted = from an escalation to its answer
measure_silence = longest silence
measure_silence_counted = the longest time between public messages while it was live
measure_publish_postmortem = publish a postmortem
measure_publish_postmortem_counted = from the last resolution to the approval with which its postmortem was published
measure_record = record an entry
measure_record_counted = from what happened to the commit that tells of it, for each entry

# Why an incident has no such duration
why_no_impact_start = the start of impact is not recorded
why_no_detection = the detection is not recorded
why_no_acknowledgement = who took it on is not recorded
why_no_declaration = the declaration is not recorded
why_no_public_message = a public message is not recorded
why_no_containment = the containment is not recorded
why_no_mitigation = the mitigation is not recorded
why_no_impact_end = the end of impact is not recorded
why_no_resolution = the resolution is not recorded
why_no_deployment = the deployment is not recorded
why_no_answer = an answer is not recorded
why_no_approval = the approval of its postmortem is not recorded
why_no_commit = its commit is not at hand
why_contradictory = it ends before it begins
why_unreadable = its timeline cannot be read completely
why_running = it is not over yet
why_backfilled = it was recorded afterwards
why_estimated = it rests on an estimated time
why_uncommitted = it is not committed yet
why_does_not_apply = it does not apply

# A report
report_name = { $site }: incidents, { $period }
report_subtitle = Internal. As of { $time }; days and months of { $zone }.
report_quarter = Q{ $quarter } { $year }
report_sentences = { $first } { $next }
report_seconds = { $n } s
report_of = { $part } of { $whole }
report_none = none
report_never = never
report_earlier = { $count } in { $period }
report_fact_recover = Time to recover
report_too_few = too few
report_median_known = median, known for { $known } of { $eligible }
report_fact_downtime = Most downtime
report_fact_noticed = Noticed by us first
report_unknown_for = unknown for { $count }
report_fact_messages = Messages in time
report_escalations = escalations { $share }
report_fact_overdue = Actions overdue
report_of_open = of { $count } open
report_incidents_note = Each in the period in which it began, with the worst severity it reached.
report_not_counted = Not counted: { $list }.
report_canceled = { $count } canceled
report_in_triage = { $count } in triage
report_title = Title
report_restricted = (restricted)
report_still_open = still open
report_not_known = not known
report_no_severity = no severity
report_by_week = Incidents by week: { $list }
report_by_month = Incidents by month: { $list }
report_times = Times
report_times_note = Each dot is one incident. A median needs { $enough } of them; there is no mean, which one long incident moves wherever it likes.
report_on_estimates = Of { $count } some rest on times that are estimates.
report_times_list = Times of each incident. { $list }
report_values = { $count ->
    [one] 1 value
   *[other] { $count } values
}
report_median_is = median { $median }
report_time_to = Time to
report_counted = Counted
report_known = Known
report_median = Median
report_p90 = 90% within
report_longest = Longest
report_uptime = Uptime
report_uptime_note = A major outage counts in full, a partial one 30%, overlapping ones once, announced maintenance not. Rounded down.
report_uptime_of_services = Uptime of services
report_downtime_list = Downtime of services: { $list }
report_service = Service
report_downtime = Downtime
report_objective = Objective
report_budget_left = Budget left
report_spent = spent
report_response = Response
report_response_note = Deadlines that came due, and who knew first.
report_share_messages = messages to customers in time
report_share_management = senior management told in time
report_share_noticed = noticed by us before customers
report_share_recurrences = recurrences of an earlier incident
report_share_reopened = reopened
report_share_notices = notices by law or contract in time
report_share_false_alarms = false alarms, of what left triage
report_share_objectives = objectives of drills met
report_share_practised = people in a drill within a year
report_share_documents = documents changed as reviews ask
report_shares = Shares
report_shares_list = Shares: { $list }
report_share = Share
report_count = Count
report_missed = Missed deadlines
report_what = What
report_causes = Causes
report_causes_note = What caused them, and what had happened before.
report_recurrences = Recurrences
report_recurrence_of = Recurrence of
report_actions_open = { $count } open.
report_actions_age = Half of them are older than { $age }.
report_actions_done = { $count } done in the period.
report_actions_in_time = Of those with a due date, { $share } were done by it.
report_actions_ever = Of all there ever were, { $declined } declined and { $extended } extended.
report_open_actions = Open actions
report_findings_open = { $count } of { $total } open.
report_findings_decided = { $accepted } accepted, { $declined } declined, { $deferred } deferred.
report_open_findings = Open findings
report_finding = Finding
report_statement = Statement
report_age = Age
report_findings_by_class = Findings by class
report_class = Class
report_no_class = no class
report_found = Found
report_open = Open
report_drills_held = Drills held in the period: { $count }.
report_drills_last = The last one was { $record }, { $age } ago.
report_drills_never = There was never one.
report_practice = Practice
report_documents = Documents to change
report_document = Document
report_action = Action
report_priority = Priority
report_gaps = What is not known
report_gaps_note = Times that are not recorded are left out, never guessed. Adding them to the records mends these numbers.
report_why = Why
report_missing_in = Missing in

# Live board
inside_board_none = No incident is open.
inside_waiting = { $count ->
    [one] One record waits for somebody to say whether it is an incident.
   *[other] { $count } records wait for somebody to say whether they are incidents.
}
inside_planned = Planned and running
inside_restricted_open = { $count ->
    [one] One more incident is open. It is restricted: whoever may read it finds it in the repository.
   *[other] { $count } more incidents are open. They are restricted: whoever may read them finds them in the repository.
}
inside_since = since
inside_nobody_commands = Nobody commands
inside_no_channel = No channel yet
inside_no_severity = No severity yet
inside_customers_heard = Customers last heard
inside_customers_heard_nothing = Customers have heard nothing yet.
inside_open_questions = Open questions
inside_unanswered = Not answered yet
inside_pending = No result yet
inside_unacknowledged_call = Called, no answer

inside_next_deadlines = Next deadlines

inside_stages = Stages of the response
stage_detect = Detect
stage_channels = Set up channels
stage_assess = Assess
stage_communicate = Communicate
stage_escalate = Escalate
stage_delegate = Delegate
stage_resolve = Resolve
progress_done = Done
progress_missing = Missing
progress_later = Later
progress_not_needed = Not needed

# Deadlines
inside_deadlines_none = Nothing is owed.
inside_within_a_day = Within a day
inside_within_a_week = Within a week
inside_later = Later, or without a date
inside_late_by = { $duration } late
inside_left = { $duration } left
duty_first_update = First word to customers
duty_next_update = Next update to customers
duty_promised_update = Promised update to customers
duty_escalation = Tell senior management
duty_incident_manager = Name an incident manager
duty_role = Fill roles
duty_channel = Open channels
duty_postmortem = Postmortem
duty_action = Urgent action
duty_finding = Decide on a finding
duty_obligation = Notice to an authority or a partner
duty_maintenance_start = Start of maintenance
duty_maintenance_end = End of maintenance
duty_waiver = An accepted exception ends

# What has to be done, in one line below each deadline; `git incident due` says the same
task_tell_customers = tell customers; { $severity } gives { $limit }
task_tell_customers_again = tell customers how it stands; { $severity } asks for it every { $limit }
task_keep_promise = tell customers how it stands, as promised
task_tell_management = tell senior management, unless it is resolved; { $severity } gives { $limit }
task_take_command = take command: nobody decides
task_fill_roles = fill the roles that { $severity } asks for: { $roles }
task_open_channels = open the channels that { $severity } asks for: { $channels }
task_decide_on = decide on the finding “{ $finding }”
task_decide_on_nameless = decide on a finding that has no statement
task_write_postmortem_severity = write the postmortem: { $severity } requires one
task_write_postmortem_data_lost = write the postmortem: data was lost
task_write_postmortem_data_breached = write the postmortem: data was breached
task_write_postmortem_customers = write the postmortem: customers noticed it first
task_write_postmortem_long = write the postmortem: it went on for more than { $limit }
task_publish_postmortem = publish the postmortem; its state: { $status }
task_finish = finish the action “{ $action }”
task_finish_nameless = finish an action that has no title
task_assess_obligations = decide whether authorities and people have to be told: personal data
task_assess = decide whether it applies: { $regime }
task_assess_nameless = decide whether an authority or a partner has to be told
task_send_notice = send the notice: { $regime }
task_send_notice_nameless = send the notice to an authority or a partner
task_start_maintenance = start the maintenance
task_end_maintenance = end the maintenance, or announce that it takes longer
task_renew_waiver = mend what { $rule } finds, or waive it for longer

# What a stage of the response needs; `git incident checklist` says the same
need_noticed = noticed
need_declared = declared
need_how_noticed = how it was noticed
need_channels = channels
need_severity = severity
need_assessment = questions of the assessment
need_colleagues_told = first word to colleagues
need_customers_told = first word to customers
need_answer = { $who } answers
need_management_told = senior management knows
need_resolved = resolved
need_impact_ended = impact ended
need_last_word = last word to customers
need_follow_ups = follow-ups
need_postmortem = postmortem published

# What the record says about it
says_called_at = called at { $time }
says_due_at = due at { $time }
says_was_due_at = was due at { $time }
says_answered = { $answered } of { $asked } answered
says_answered_minor = { $answered } of { $asked } answered; it is not major
says_asks_for_none = { $severity } asks for none
says_internal = the record is internal
says_restricted = the record is restricted
says_customers_cannot_read = customers cannot read this record
says_customers_were_never_told = they were never told
says_nobody_was_affected = nobody was affected
says_over_before = it was over before they had to be told
says_none_were_noted = none were noted
says_all_are_settled = each is an action or was dropped
says_needs_none = this one needs none

# Records
triage = Triage
closed = Closed
planned = Planned
held = Held
drill = Drill
inside_records_count = { $count ->
    [0] No records
    [one] 1 record
   *[other] { $count } records
}
inside_newest = The newest
inside_by_month = By month
inside_severity = Severity
inside_severity_worst = Worst:
inside_severity_latest = Latest:
inside_start = Start
inside_status = Status
inside_record = Record
inside_services = Services
visibility_public = Public
visibility_internal = Internal
visibility_restricted = Restricted

# One record
inside_as_customers_see = As customers see it
inside_roles = Who responds
inside_who = Who
inside_before = Before
inside_channels = Channels
inside_impact = Impact
inside_moments = Moments
inside_not_recorded = not recorded
inside_knowledge = What the responders know
inside_timeline = Timeline
inside_facts = Facts
inside_assessment = Assessment
inside_postmortem = Postmortem
inside_to_postmortem = Read the postmortem
inside_impact_started = Impact started
inside_detected = Detected
inside_declared = Declared
inside_acknowledged_at = Acknowledged
inside_first_public = Customers told
inside_identified = Identified
inside_mitigated = Mitigated
inside_impact_ended = Impact ended
inside_resolved = Resolved
inside_closed = Closed
inside_audience = Who is affected?
inside_experience = What do they experience?
inside_scope = How many of them?
inside_number = { $count }
inside_customers = Customers
inside_support_cases = Support cases
inside_social_media = Talked about on social media?
inside_security = A matter of security?
inside_data_loss = Data lost?
inside_types = Type
inside_detection = Noticed by
inside_source = Source
inside_noticed_first = Customers noticed first
inside_cause = Cause
inside_cause_reference = Change
inside_deployed = Deployed
inside_yes = Yes
inside_no = No
inside_unknown = Unknown
inside_caused_by = Caused by
inside_recurrence_of = Recurrence of
inside_duplicate_of = Part of

# A timeline
inside_filter = Show
inside_filter_all = Everything
inside_filter_public = To customers
inside_filter_state = Changes of state
inside_filter_people = People
inside_filter_decision = Decisions and actions
inside_filter_hypothesis = Hypotheses
inside_filter_evidence = Evidence
inside_filter_todo = Todos
inside_event = Event
inside_nobody = nobody
inside_escalated = Called in
inside_acknowledged = answered
inside_unacknowledged = no answer yet
inside_told = Told
inside_public = To customers
inside_note = Note
inside_hypothesis = Hypothesis
inside_decision = Decision
inside_action = Action
inside_todo = Todo
inside_reason = Reason
inside_evidence = Evidence
inside_promoted = became action
inside_dismissed = dismissed:
inside_recorded = Recorded by { $author }, { $delay }
inside_backfill = recorded afterwards
inside_estimated = the time is an estimate
inside_recorded_at_once = at once
inside_recorded_later = { $duration } later
inside_recorded_before = { $duration } before it happened
inside_uncommitted = In no commit yet
inside_signed = signed
inside_unsigned = not signed
inside_outside_git = There is no history to ask who recorded these entries.

# Triage
inside_triage_intro = What waits for somebody to say whether it is an incident.
inside_triage_none = Nothing waits.
inside_waits = Waits
inside_dropped = Dropped lately
inside_dropped_note = What turned out not to be an incident, or to be part of another one.

# Actions
inside_open = Open
inside_overdue = Overdue
inside_done = Done
inside_declined = Declined
inside_by_owner = By owner
inside_owner = Owner
inside_team = Team
inside_no_owner = Nobody
inside_no_team = Without a team
inside_due = Due
inside_done_on = Done on
inside_high = High
inside_days_late = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}
inside_moved_from = moved from
inside_approved_by = approved by
inside_from_postmortem = From the postmortem
inside_actions_none = No action is open.
inside_settled = Done or declined lately
action_status_open = Open
action_status_in_progress = In progress
action_status_done = Done
action_status_wont_do = Declined
action_investigate = Investigate
action_mitigate = Mitigate
action_repair = Repair
action_detect = Detect
action_prevent = Prevent
action_process = Process
action_documentation = Documentation

# Findings
inside_findings_intro = Failures of our process that reviews found, each followed until somebody decided on it.
inside_findings_none = No review has found anything yet.
inside_undecided = Not decided yet
inside_undecided_none = Everything is decided.
inside_classes = Kinds of failure
inside_consulted = Consulted
disposition_open = Open
disposition_accepted = Accepted
disposition_declined = Declined
disposition_deferred = Deferred
finding_technical_lapse = Technical lapse
finding_procedural_failure = Procedure failed
finding_manual_error = Manual error
finding_process_flaw = Process flaw
finding_communication_glitch = Communication
finding_unknown_attack_vector = Unknown attack vector
finding_cross_organisation = Between organisations
finding_resource_constraint = Too few resources

# Postmortems
inside_postmortems_none = There is no postmortem yet.
inside_unfinished = In progress
inside_published = Published
inside_open_actions = Open actions
inside_covers = Covers also
inside_parties = Participants
inside_meeting = Meeting
inside_approvals = Approvals
inside_causes = Causes
inside_sufficiency = Was the response enough?
inside_completeness = Was it complete?
postmortem_draft = Draft
postmortem_in_review = In review
postmortem_approved = Approved
postmortem_published = Published
review_sufficient = Yes
review_partly = In part
review_insufficient = No
review_complete = Yes
review_incomplete = No

# Drills
inside_drills_none = Nothing was rehearsed yet.
inside_drills_planned = Planned
inside_drills_past = Held
inside_scenario = Scenario
inside_participants = Participants
inside_drill_review = What we learned
objective_met = Met
objective_partly = In part
objective_missed = Missed

# Readiness
inside_readiness_intro = How well we are prepared for the next one, as far as the records know.
inside_last_drill = Since the last drill
inside_days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
inside_never = Never
inside_objectives_met = Objectives met in drills of the last year
inside_leaders = Led in the last year
inside_leaders_note = Who has been incident manager, in incidents and in drills.
inside_leaders_none = Nobody has led an incident or a drill in the last year.
inside_last = Last
inside_services_owned = Services with an owner
inside_tier = Tier
inside_incidents_last_year = Incidents in the last year
inside_last_incident = Last incident
inside_internal_service = internal
inside_limits = What we hold ourselves to
inside_first_update = First word to customers
inside_cadence = Then every
inside_escalation = Senior management told after
inside_postmortem_limit = Postmortem within
inside_action_limit = Urgent actions within
inside_waivers = Accepted exceptions
inside_waivers_none = None.
inside_until = Until
inside_expired = has run out
inside_everywhere = everywhere

# Announcements to colleagues
announce_escalated = Escalated
announce_escalated_to = Escalated, { $severity }
inside_by = By

# Lists of the format. What a repository adds to them stands as it is written.
severity_critical = critical
severity_major = major
severity_minor = minor
role_incident_manager = Incident manager
role_deputy = Deputy
role_tech_lead = Tech lead
role_communications_manager = Communications manager
role_scribe = Scribe
role_subject_matter_expert = Subject matter expert
role_customer_support_lead = Customer support lead
role_internal_liaison = Internal liaison
role_social_media_lead = Social media lead
role_problem_manager = Problem manager
role_security_lead = Security lead
role_service_owner = Service owner
role_legal_counsel = Legal counsel
role_executive_sponsor = Executive sponsor
role_reporter = Reporter
role_executives = Executives
role_legal = Legal
role_regulator = Regulator
role_law_enforcement = Law enforcement
role_vendor = Vendor
channel_chat = Chat
channel_video = Video
channel_room = Room
channel_phone = Phone
channel_document = Document
event_impact_started = Impact started
event_detected = Detected
event_acknowledged = Acknowledged
event_mitigated = Mitigated
event_impact_ended = Impact ended
event_contained = Contained
event_eradicated = Eradicated
event_validated = Validated
event_restored = Restored
escalation_time_limit = time limit
escalation_severity = severity
escalation_expertise = expertise
escalation_customer = customer
escalation_security = security
escalation_no_acknowledgement = no answer before
medium_email = e-mail
medium_sms = SMS
medium_chat = chat
medium_phone = phone
custody_collected = collected
custody_transferred = transferred
custody_returned = returned
custody_destroyed = destroyed
result_worked = worked
result_failed = failed
result_pending = no result yet
audience_internal = Ourselves
audience_external = Customers
audience_both = Customers and ourselves
audience_none = Nobody
audience_unknown = Unknown
scope_some = Some
scope_all = All
scope_none = None
scope_unknown = Unknown
detection_monitoring = Monitoring
detection_alert = Alert
detection_log_analysis = Log analysis
detection_customer_report = Customer report
detection_support_ticket = Support ticket
detection_social_media = Social media
detection_employee = Employee
detection_partner = Partner
detection_audit = Audit
detection_security_researcher = Security researcher
detection_law_enforcement = Law enforcement
detection_other = Other
detection_unknown = Unknown
cause_bug = Bug
cause_change = Change
cause_scale = Scale
cause_architecture = Architecture
cause_dependency = Dependency
cause_security = Security
cause_human_process = Human process
cause_unknown = Unknown
type_availability = Availability
type_performance = Performance
type_software_bug = Software bug
type_hardware_failure = Hardware failure
type_network = Network
type_capacity = Capacity
type_configuration_change = Configuration change
type_deployment = Deployment
type_third_party = Third party
type_data_loss = Data loss
type_data_integrity = Data integrity
type_certificate_expiry = Certificate expiry
type_physical = Physical
type_process = Process
type_security = Security
type_security_data_breach = Data breach
type_security_unauthorized_access = Unauthorized access
type_security_malware = Malware
type_security_ransomware = Ransomware
type_security_phishing = Phishing
type_security_denial_of_service = Denial of service
type_security_insider = Insider
type_security_vulnerability = Vulnerability
