# Le parole del sito interno in italiano.

inside_internal = Interno
inside_internal_note = Solo per chi interviene. Niente di tutto questo è per i clienti.
inside_public_note = Ciò che vedono i clienti.
inside_public_site = Ciò che vedono i clienti
inside_to_board = Situazione
inside_to_record = Il registro interno

# The parts of the site
inside_board = Situazione
inside_triage = Da valutare
inside_deadlines = Scadenze
inside_incidents = Incidenti
inside_actions = Azioni
inside_findings = Rilievi
inside_postmortems = Analisi
inside_drills = Esercitazioni
inside_readiness = Preparazione
inside_metrics = Metriche

# Search
inside_search_intro = I registri con la loro cronologia, le analisi e le azioni, con qualsiasi loro parola e con i nomi delle persone.
inside_action_item = Azione

# Metrics and reports
inside_metrics_intro = Gli ultimi 90 giorni: accanto a ogni numero, su quanti incidenti si basa. I registri riservati sono esclusi.
inside_report_intro = Il trimestre per la revisione della direzione. I registri riservati sono esclusi.
inside_quarters = Rapporti trimestrali

# Durations that are measured, with what they count
measure_detect = rilevare
measure_detect_counted = dall’inizio dell’impatto al rilevamento
measure_acknowledge = prendere in carico
measure_acknowledge_counted = dal rilevamento a quando qualcuno se ne è fatto carico
measure_declare = dichiarare
measure_declare_counted = dal rilevamento alla dichiarazione
measure_tell_customers = avvisare i clienti
measure_tell_customers_counted = dalla dichiarazione, o dalla prima gravità se successiva, al primo messaggio pubblico
measure_tell_stakeholders = avvisare gli interessati
measure_tell_stakeholders_counted = dal rilevamento alla prima volta che gli interessati sono stati avvisati, se lo sono stati
measure_identify = trovare la causa
measure_identify_counted = dal rilevamento allo stato «causa individuata», se precede la mitigazione
measure_contain = contenere
measure_contain_counted = dal rilevamento al contenimento, negli incidenti di sicurezza
measure_mitigate = mitigare
measure_mitigate_counted = dall’inizio dell’impatto alla mitigazione
measure_recover = ripristinare
measure_recover_counted = tempo con impatto: quello sovrapposto una volta sola, le pause tra le riaperture escluse
measure_full_recovery = ripristino completo
measure_full_recovery_counted = dal primo inizio dell’impatto alla sua ultima fine
measure_resolve = risolvere
measure_resolve_counted = dall’inizio dell’impatto all’ultima risoluzione
measure_respond = tempo di intervento
measure_respond_counted = tempo in cui era in corso, con ogni episodio dopo una riapertura
measure_fix_deployment = annullare un rilascio
measure_fix_deployment_counted = dal rilascio che lo ha causato alla fine dell’impatto
measure_answer_escalation = rispondere a una chiamata
measure_answer_escalation_counted = da una chiamata alla sua risposta
measure_silence = silenzio più lungo
measure_silence_counted = il tempo più lungo tra i messaggi pubblici mentre era in corso
measure_publish_postmortem = pubblicare un’analisi
measure_publish_postmortem_counted = dall’ultima risoluzione all’approvazione con cui l’analisi è stata pubblicata
measure_record = registrare una voce
measure_record_counted = da quanto accaduto al commit che ne parla, per ogni voce

# Why an incident has no such duration
why_no_impact_start = l’inizio dell’impatto non è registrato
why_no_detection = il rilevamento non è registrato
why_no_acknowledgement = chi l’ha preso in carico non è registrato
why_no_declaration = la dichiarazione non è registrata
why_no_public_message = nessun messaggio pubblico è registrato
why_no_containment = il contenimento non è registrato
why_no_mitigation = la mitigazione non è registrata
why_no_impact_end = la fine dell’impatto non è registrata
why_no_resolution = la risoluzione non è registrata
why_no_deployment = il rilascio non è registrato
why_no_answer = la risposta non è registrata
why_no_approval = l’approvazione della sua analisi non è registrata
why_no_commit = il suo commit non è disponibile
why_contradictory = finisce prima di cominciare
why_unreadable = la sua cronologia non si legge per intero
why_running = non è ancora finito
why_backfilled = è stato registrato a posteriori
why_estimated = si basa su un’ora stimata
why_uncommitted = non è ancora in un commit
why_does_not_apply = non si applica

# A report
report_name = { $site }: incidenti, { $period }
report_subtitle = Interno. Dati al { $time }; giorni e mesi di { $zone }.
report_quarter = { $quarter }º trimestre { $year }
report_sentences = { $first } { $next }
report_seconds = { $n } s
report_of = { $part } su { $whole }
report_none = nulla
report_never = mai
report_earlier = { $period }: { $count }
report_fact_recover = Tempo di ripristino
report_too_few = troppo pochi
report_median_known = mediana, nota per { $known } su { $eligible }
report_fact_downtime = Interruzione maggiore
report_fact_noticed = Notato prima da noi
report_unknown_for = non si sa per { $count }
report_fact_messages = Messaggi in tempo
report_escalations = direzione informata { $share }
report_fact_overdue = Azioni in ritardo
report_of_open = su { $count } aperte
report_incidents_note = Ciascuno nel periodo in cui è cominciato, con la gravità peggiore raggiunta.
report_not_counted = Non contati: { $list }.
report_canceled = annullati: { $count }
report_in_triage = da valutare: { $count }
report_title = Titolo
report_restricted = (riservato)
report_still_open = ancora aperto
report_not_known = non si sa
report_no_severity = senza gravità
report_by_week = Incidenti per settimana: { $list }
report_by_month = Incidenti per mese: { $list }
report_times = Tempi
report_times_note = Ogni punto è un incidente. Per una mediana ne servono { $enough }; la media manca, perché un solo incidente lungo la sposta a piacere.
report_on_estimates = Di { $count } alcuni si basano su ore stimate.
report_times_list = Tempi di ogni incidente. { $list }
report_values = { $count ->
    [one] 1 valore
   *[other] { $count } valori
}
report_median_is = mediana { $median }
report_time_to = Tempo per
report_counted = Come si conta
report_known = Noti
report_median = Mediana
report_p90 = 90% entro
report_longest = Il più lungo
report_uptime = Disponibilità
report_uptime_note = Un’interruzione grave conta per intero, una parziale al 30%, quelle sovrapposte una volta sola, la manutenzione annunciata non conta. Arrotondata per difetto.
report_uptime_of_services = Disponibilità dei servizi
report_downtime_list = Interruzione dei servizi: { $list }
report_service = Servizio
report_downtime = Interruzione
report_objective = Obiettivo
report_budget_left = Margine residuo
report_spent = esaurito
report_response = Risposta
report_response_note = Le scadenze che sono arrivate, e chi se n’è accorto prima.
report_share_messages = messaggi ai clienti in tempo
report_share_management = direzione informata in tempo
report_share_noticed = notati da noi prima dei clienti
report_share_recurrences = ripetizioni di un incidente
report_share_reopened = riaperti
report_share_notices = notifiche per legge o contratto in tempo
report_share_false_alarms = falsi allarmi, tra quelli valutati
report_share_objectives = obiettivi di esercitazioni raggiunti
report_share_practised = persone in un’esercitazione entro un anno
report_share_documents = documenti modificati come chiesto dalle analisi
report_shares = Quote
report_shares_list = Quote: { $list }
report_share = Quota
report_count = Numero
report_missed = Scadenze mancate
report_what = Che cosa
report_causes = Cause
report_causes_note = Che cosa li ha causati, e che cosa era già successo.
report_recurrences = Ripetizioni
report_recurrence_of = Ripetizione di
report_actions_open = Aperte: { $count }.
report_actions_age = La metà è più vecchia di { $age }.
report_actions_done = Completate nel periodo: { $count }.
report_actions_in_time = Di quelle con una scadenza, completate in tempo: { $share }.
report_actions_ever = Di tutte quelle mai decise: { $declined } rifiutate, { $extended } prorogate.
report_open_actions = Azioni aperte
report_findings_open = Aperti: { $count } di { $total }.
report_findings_decided = Accettati: { $accepted }, respinti: { $declined }, rimandati: { $deferred }.
report_open_findings = Rilievi aperti
report_finding = Rilievo
report_statement = Descrizione
report_age = Età
report_findings_by_class = Rilievi per tipo
report_class = Tipo
report_no_class = senza tipo
report_found = Trovati
report_open = Aperti
report_drills_held = Esercitazioni svolte nel periodo: { $count }.
report_drills_last = L’ultima è stata { $record }, { $age } fa.
report_drills_never = Non ce n’è mai stata una.
report_practice = Esercitazioni
report_documents = Documenti da modificare
report_document = Documento
report_action = Azione
report_priority = Priorità
report_gaps = Ciò che non si sa
report_gaps_note = I tempi non registrati sono esclusi, mai indovinati. Aggiungerli ai registri corregge questi numeri.
report_why = Perché
report_missing_in = Manca in

# Live board
inside_board_none = Nessun incidente è aperto.
inside_waiting = { $count ->
    [one] Un registro attende che qualcuno dica se è un incidente.
   *[other] { $count } registri attendono che qualcuno dica se sono incidenti.
}
inside_planned = Pianificato e in corso
inside_restricted_open = { $count ->
    [one] Un altro incidente è aperto. È riservato: chi può leggerlo lo trova nel repository.
   *[other] Altri { $count } incidenti sono aperti. Sono riservati: chi può leggerli li trova nel repository.
}
inside_since = dal
inside_nobody_commands = Nessuno coordina
inside_no_channel = Ancora nessun canale
inside_no_severity = Ancora nessuna gravità
inside_customers_heard = Ultima comunicazione ai clienti
inside_customers_heard_nothing = I clienti non sanno ancora nulla.
inside_open_questions = Domande aperte
inside_unanswered = Ancora senza risposta
inside_pending = Ancora senza esito
inside_unacknowledged_call = Chiamata senza risposta
inside_next_deadlines = Prossime scadenze

inside_stages = Fasi della risposta
stage_detect = Rilevare
stage_channels = Aprire i canali
stage_assess = Valutare
stage_communicate = Comunicare
stage_escalate = Coinvolgere
stage_delegate = Delegare
stage_resolve = Risolvere
progress_done = Fatto
progress_missing = Manca
progress_later = Più tardi
progress_not_needed = Non serve

# Deadlines
inside_deadlines_none = Non c’è nulla da fare.
inside_within_a_day = Entro un giorno
inside_within_a_week = Entro una settimana
inside_later = Più tardi, o senza data
inside_late_by = In ritardo di { $duration }
inside_left = Ancora { $duration }
duty_first_update = Prima comunicazione ai clienti
duty_next_update = Prossimo aggiornamento ai clienti
duty_promised_update = Aggiornamento promesso ai clienti
duty_escalation = Informare la direzione
duty_incident_manager = Nominare un responsabile dell’incidente
duty_role = Assegnare i ruoli
duty_channel = Aprire i canali
duty_postmortem = Analisi
duty_action = Azione urgente
duty_finding = Decidere su un rilievo
duty_obligation = Notifica a un’autorità o a un partner
duty_maintenance_start = Inizio della manutenzione
duty_maintenance_end = Fine della manutenzione
duty_waiver = Un’eccezione accettata scade

# What has to be done, in one line below each deadline
task_tell_customers = avvisare i clienti; { $severity } prevede { $limit }
task_tell_customers_again = aggiornare i clienti; { $severity } lo richiede ogni { $limit }
task_keep_promise = aggiornare i clienti, come promesso
task_tell_management = informare la direzione, se non è risolto; { $severity } prevede { $limit }
task_take_command = prendere il coordinamento: nessuno decide
task_fill_roles = assegnare i ruoli richiesti da { $severity }: { $roles }
task_open_channels = aprire i canali richiesti da { $severity }: { $channels }
task_decide_on = decidere sul rilievo «{ $finding }»
task_decide_on_nameless = decidere su un rilievo senza testo
task_write_postmortem_severity = scrivere l’analisi: { $severity } la richiede
task_write_postmortem_data_lost = scrivere l’analisi: si sono persi dati
task_write_postmortem_data_breached = scrivere l’analisi: c’è stata una violazione di dati
task_write_postmortem_customers = scrivere l’analisi: i clienti se ne sono accorti prima
task_write_postmortem_long = scrivere l’analisi: è durato più di { $limit }
task_publish_postmortem = pubblicare l’analisi; stato attuale: { $status }
task_finish = completare l’azione «{ $action }»
task_finish_nameless = completare un’azione senza titolo
task_assess_obligations = decidere se autorità e interessati vanno avvisati: dati personali
task_assess = decidere se si applica: { $regime }
task_assess_nameless = decidere se un’autorità o un partner va avvisato
task_send_notice = inviare la notifica: { $regime }
task_send_notice_nameless = inviare la notifica a un’autorità o a un partner
task_start_maintenance = iniziare la manutenzione
task_end_maintenance = terminare la manutenzione, o annunciare che dura di più
task_renew_waiver = correggere ciò che segnala { $rule }, o prolungare l’eccezione

# What a stage of the response needs
need_noticed = rilevato
need_declared = dichiarato
need_how_noticed = come è stato notato
need_channels = canali
need_severity = gravità
need_assessment = domande della valutazione
need_colleagues_told = prima comunicazione ai colleghi
need_customers_told = prima comunicazione ai clienti
need_answer = risposta: { $who }
need_management_told = direzione informata
need_resolved = risolto
need_impact_ended = fine dell’impatto
need_last_word = ultima comunicazione ai clienti
need_follow_ups = attività rimaste
need_postmortem = analisi pubblicata

# What the record says about it
says_called_at = chiamata: { $time }
says_due_at = scadenza: { $time }
says_was_due_at = scadenza passata: { $time }
says_answered = { $answered } risposte su { $asked }
says_answered_minor = { $answered } risposte su { $asked }; non è un incidente grave
says_asks_for_none = { $severity } non ne richiede
says_internal = il registro è interno
says_restricted = il registro è riservato
says_customers_cannot_read = i clienti non possono leggere questo registro
says_customers_were_never_told = non sono mai stati avvisati
says_nobody_was_affected = nessuno è stato colpito
says_over_before = era finito prima di doverla informare
says_none_were_noted = nessuno annotato
says_all_are_settled = ognuno è un’azione o è stato scartato
says_needs_none = questo non ne ha bisogno

# Records
triage = Da valutare
closed = Chiuso
planned = Pianificata
held = Svolta
drill = Esercitazione
inside_records_count = { $count ->
    [0] Nessun registro
    [one] 1 registro
   *[other] { $count } registri
}
inside_newest = I più recenti
inside_by_month = Per mese
inside_severity = Gravità
inside_severity_worst = Massima:
inside_severity_latest = Ultima:
inside_start = Inizio
inside_status = Stato
inside_record = Registro
inside_services = Servizi
visibility_public = Pubblico
visibility_internal = Interno
visibility_restricted = Riservato

# One record
inside_as_customers_see = Come lo vedono i clienti
inside_roles = Chi interviene
inside_who = Chi
inside_before = Prima
inside_channels = Canali
inside_impact = Impatto
inside_moments = Momenti
inside_not_recorded = non registrato
inside_knowledge = Ciò che si sa
inside_timeline = Cronologia
inside_facts = Dati
inside_assessment = Valutazione
inside_postmortem = Analisi
inside_to_postmortem = Leggi l’analisi
inside_impact_started = Inizio dell’impatto
inside_detected = Rilevato
inside_declared = Dichiarato
inside_acknowledged_at = Preso in carico
inside_first_public = Clienti avvisati
inside_identified = Causa trovata
inside_mitigated = Mitigato
inside_impact_ended = Fine dell’impatto
inside_resolved = Risolto
inside_closed = Chiuso
inside_audience = Chi è colpito?
inside_experience = Che cosa vedono?
inside_scope = Quanti di loro?
inside_number = { $count }
inside_customers = Clienti
inside_support_cases = Richieste di assistenza
inside_social_media = Se ne parla sui social?
inside_security = È una questione di sicurezza?
inside_data_loss = Si sono persi dati?
inside_types = Tipo
inside_detection = Notato da
inside_source = Fonte
inside_noticed_first = Notato prima dai clienti
inside_cause = Causa
inside_cause_reference = Modifica
inside_deployed = Rilasciata
inside_yes = Sì
inside_no = No
inside_unknown = Non si sa
inside_caused_by = Causato da
inside_recurrence_of = Già successo
inside_duplicate_of = Parte di

# A timeline
inside_filter = Mostra
inside_filter_all = Tutto
inside_filter_public = Ai clienti
inside_filter_state = Cambi di stato
inside_filter_people = Persone
inside_filter_decision = Decisioni e interventi
inside_filter_hypothesis = Ipotesi
inside_filter_evidence = Prove
inside_filter_todo = Da fare
inside_event = Evento
inside_nobody = nessuno
inside_escalated = Chiamato
inside_acknowledged = risposta alle
inside_unacknowledged = ancora nessuna risposta
inside_told = Avvisati
inside_public = Ai clienti
inside_note = Nota
inside_hypothesis = Ipotesi
inside_decision = Decisione
inside_action = Intervento
inside_todo = Da fare
inside_reason = Motivo
inside_evidence = Prova
inside_promoted = diventato azione
inside_dismissed = scartato:
inside_recorded = Registrato da { $author }, { $delay }
inside_backfill = registrato in seguito
inside_estimated = ora stimata
inside_recorded_at_once = subito
inside_recorded_later = { $duration } dopo
inside_recorded_before = { $duration } prima che accadesse
inside_uncommitted = Ancora in nessun commit
inside_signed = firmato
inside_unsigned = non firmato
inside_outside_git = Non c’è una cronologia che dica chi ha registrato queste voci.

# Triage
inside_triage_intro = Ciò che attende che qualcuno dica se è un incidente.
inside_triage_none = Nulla è in attesa.
inside_waits = Attende da
inside_dropped = Scartati di recente
inside_dropped_note = Ciò che non era un incidente, o faceva parte di un altro.

# Actions
inside_open = Aperte
inside_overdue = In ritardo
inside_done = Fatte
inside_declined = Scartate
inside_by_owner = Per responsabile
inside_owner = Responsabile
inside_team = Team
inside_no_owner = Nessuno
inside_no_team = Senza team
inside_due = Scadenza
inside_done_on = Fatta il
inside_high = Urgente
inside_days_late = { $count ->
    [one] 1 giorno di ritardo
   *[other] { $count } giorni di ritardo
}
inside_moved_from = spostata dal
inside_approved_by = approvato da
inside_from_postmortem = Dall’analisi
inside_actions_none = Nessuna azione è aperta.
inside_settled = Fatte o scartate di recente
action_status_open = Aperta
action_status_in_progress = In corso
action_status_done = Fatta
action_status_wont_do = Scartata
action_investigate = Indagare
action_mitigate = Mitigare
action_repair = Riparare
action_detect = Rilevare
action_prevent = Prevenire
action_process = Processo
action_documentation = Documentazione

# Findings
inside_findings_intro = Mancanze del nostro processo trovate dalle analisi, seguite finché qualcuno non decide.
inside_findings_none = Nessuna analisi ha ancora trovato nulla.
inside_undecided = Da decidere
inside_undecided_none = Tutto è deciso.
inside_classes = Tipi di mancanza
inside_consulted = Sentiti
disposition_open = Aperto
disposition_accepted = Accettato
disposition_declined = Respinto
disposition_deferred = Rimandato
finding_technical_lapse = Mancanza tecnica
finding_procedural_failure = Procedura fallita
finding_manual_error = Errore manuale
finding_process_flaw = Difetto del processo
finding_communication_glitch = Comunicazione
finding_unknown_attack_vector = Via d’attacco sconosciuta
finding_cross_organisation = Tra organizzazioni
finding_resource_constraint = Risorse insufficienti

# Postmortems
inside_postmortems_none = Non c’è ancora nessuna analisi.
inside_unfinished = In lavorazione
inside_published = Pubblicate
inside_open_actions = Azioni aperte
inside_covers = Riguarda anche
inside_parties = Partecipanti
inside_meeting = Riunione
inside_approvals = Approvazioni
inside_causes = Cause
inside_sufficiency = La risposta è bastata?
inside_completeness = È stata completa?
postmortem_draft = Bozza
postmortem_in_review = In revisione
postmortem_approved = Approvata
postmortem_published = Pubblicata
review_sufficient = Sì
review_partly = In parte
review_insufficient = No
review_complete = Sì
review_incomplete = No

# Drills
inside_drills_none = Non si è ancora provato nulla.
inside_drills_planned = Pianificate
inside_drills_past = Svolte
inside_scenario = Scenario
inside_participants = Partecipanti
inside_drill_review = Ciò che abbiamo imparato
objective_met = Raggiunto
objective_partly = In parte
objective_missed = Mancato

# Readiness
inside_readiness_intro = Quanto siamo pronti per il prossimo, per quel che ne sanno i registri.
inside_last_drill = Dall’ultima esercitazione
inside_days = { $count ->
    [one] 1 giorno
   *[other] { $count } giorni
}
inside_never = Mai
inside_objectives_met = Obiettivi raggiunti nelle esercitazioni dell’ultimo anno
inside_leaders = Chi ha coordinato nell’ultimo anno
inside_leaders_note = Chi è stato responsabile dell’incidente, in incidenti ed esercitazioni.
inside_leaders_none = Nessuno ha coordinato un incidente o un’esercitazione nell’ultimo anno.
inside_last = Ultima volta
inside_services_owned = Servizi con un responsabile
inside_tier = Livello
inside_incidents_last_year = Incidenti nell’ultimo anno
inside_last_incident = Ultimo incidente
inside_internal_service = interno
inside_limits = Gli impegni che ci siamo dati
inside_first_update = Prima comunicazione ai clienti
inside_cadence = Poi ogni
inside_escalation = Direzione informata dopo
inside_postmortem_limit = Analisi entro
inside_action_limit = Azioni urgenti entro
inside_waivers = Eccezioni accettate
inside_waivers_none = Nessuna.
inside_until = Fino al
inside_expired = scaduta
inside_everywhere = ovunque

# Announcements to colleagues
announce_escalated = Escalation
announce_escalated_to = Escalation, { $severity }
inside_by = Da

# Lists of the format. What a repository adds to them stands as it is written.
severity_critical = critica
severity_major = rilevante
severity_minor = lieve
role_incident_manager = Responsabile dell’incidente
role_deputy = Vice
role_tech_lead = Responsabile tecnico
role_communications_manager = Responsabile comunicazione
role_scribe = Verbalizzante
role_subject_matter_expert = Esperto
role_customer_support_lead = Responsabile assistenza
role_internal_liaison = Collegamento interno
role_social_media_lead = Responsabile social
role_problem_manager = Responsabile dei problemi
role_security_lead = Responsabile sicurezza
role_service_owner = Responsabile del servizio
role_legal_counsel = Consulente legale
role_executive_sponsor = Referente di direzione
role_reporter = Segnalatore
role_executives = Direzione
role_legal = Ufficio legale
role_regulator = Autorità di vigilanza
role_law_enforcement = Forze dell’ordine
role_vendor = Fornitore
channel_chat = Chat
channel_video = Video
channel_room = Sala
channel_phone = Telefono
channel_document = Documento
event_impact_started = Inizio dell’impatto
event_detected = Rilevato
event_acknowledged = Preso in carico
event_mitigated = Mitigato
event_impact_ended = Fine dell’impatto
event_contained = Contenuto
event_eradicated = Eliminato
event_validated = Verificato
event_restored = Ripristinato
escalation_time_limit = limite di tempo
escalation_severity = gravità
escalation_expertise = competenza
escalation_customer = cliente
escalation_security = sicurezza
escalation_no_acknowledgement = nessuna risposta prima
medium_email = e-mail
medium_sms = SMS
medium_chat = chat
medium_phone = telefono
custody_collected = raccolta
custody_transferred = consegnata
custody_returned = restituita
custody_destroyed = distrutta
result_worked = riuscito
result_failed = non riuscito
result_pending = ancora senza esito
audience_internal = Noi
audience_external = Clienti
audience_both = Clienti e noi
audience_none = Nessuno
audience_unknown = Non si sa
scope_some = Alcuni
scope_all = Tutti
scope_none = Nessuno
scope_unknown = Non si sa
detection_monitoring = Monitoraggio
detection_alert = Allarme
detection_log_analysis = Analisi dei log
detection_customer_report = Segnalazione di un cliente
detection_support_ticket = Richiesta di assistenza
detection_social_media = Social media
detection_employee = Dipendente
detection_partner = Partner
detection_audit = Verifica
detection_security_researcher = Ricercatore di sicurezza
detection_law_enforcement = Forze dell’ordine
detection_other = Altro
detection_unknown = Non si sa
cause_bug = Bug
cause_change = Modifica
cause_scale = Scalabilità
cause_architecture = Architettura
cause_dependency = Dipendenza
cause_security = Sicurezza
cause_human_process = Processo umano
cause_unknown = Non si sa
type_availability = Disponibilità
type_performance = Prestazioni
type_software_bug = Bug del software
type_hardware_failure = Guasto hardware
type_network = Rete
type_capacity = Capacità
type_configuration_change = Modifica di configurazione
type_deployment = Rilascio
type_third_party = Terze parti
type_data_loss = Perdita di dati
type_data_integrity = Integrità dei dati
type_certificate_expiry = Certificato scaduto
type_physical = Fisico
type_process = Processo
type_security = Sicurezza
type_security_data_breach = Violazione dei dati
type_security_unauthorized_access = Accesso non autorizzato
type_security_malware = Malware
type_security_ransomware = Ransomware
type_security_phishing = Phishing
type_security_denial_of_service = Denial of service
type_security_insider = Dall’interno
type_security_vulnerability = Vulnerabilità
