# Italiano

language_name = Italiano
skip = Vai al contenuto
nav_status = Stato
nav_history = Cronologia
nav_label = Principale
languages_label = Lingue
as_of = Dati aggiornati al
stale = Questa pagina potrebbe non essere aggiornata. È stata generata il
local_time = { $time } ora locale
back_to_status = Torna allo stato attuale

operational = Operativo
under_maintenance = In manutenzione
degraded_performance = Prestazioni ridotte
partial_outage = Interruzione parziale
major_outage = Interruzione grave
no_data = Nessun dato

investigating = In esame
identified = Causa individuata
monitoring = In monitoraggio
resolved = Risolto
scheduled = Programmata
in_progress = In corso
verifying = In verifica
completed = Completata
canceled = Annullato
merged = Accorpato
update = Aggiornamento
latest_update = Ultimo aggiornamento

incident = Incidente
maintenance = Manutenzione
impact_none = Nessun impatto
impact_maintenance = Manutenzione
impact_minor = Impatto lieve
impact_major = Impatto rilevante
impact_critical = Impatto critico

overall_operational = Tutti i servizi sono operativi
overall_no_data = Nessun servizio è ancora elencato
overall_monitoring = La correzione è attiva e la teniamo sotto osservazione
overall_investigating = Stiamo esaminando un incidente
overall_maintenance_running = È in corso una manutenzione
overall_under_maintenance = { $count ->
    [one] { $service } è in manutenzione
   *[other] { $count } servizi sono in manutenzione
}
overall_degraded_performance = { $count ->
    [one] { $service } ha prestazioni ridotte
   *[other] { $count } servizi hanno prestazioni ridotte
}
overall_partial_outage = { $count ->
    [one] { $service } è in parte non disponibile
   *[other] { $count } servizi sono in parte non disponibili
}
overall_major_outage = { $count ->
    [one] { $service } non è disponibile
   *[other] { $count } servizi non sono disponibili
}
overall_all_down = { $count ->
    [one] { $service } non è disponibile
   *[other] Nessun servizio è disponibile
}
overall_affected = Servizi interessati: { $count } su { $total }.

open_incidents = Incidenti in corso
running_maintenance = Manutenzione in corso
coming_maintenance = Manutenzione programmata
services = Servizi
other_services = Altri servizi
recent_history = Ultimi 14 giorni
full_history = Cronologia completa
nothing_reported = Nulla da segnalare
ninety_days_ago = 90 giorni fa
today = Oggi
uptime = di disponibilità
uptime_unknown = ancora nessun dato
next_update_by = Prossimo aggiornamento entro
next_update_overdue = Il prossimo aggiornamento era previsto entro
affected_services = Servizi interessati
expected_operational = previsto: operativo
expected_under_maintenance = previsto: in manutenzione
expected_degraded_performance = previsto: prestazioni ridotte
expected_partial_outage = previsto: interruzione parziale
expected_major_outage = previsto: interruzione grave
window = Finestra
window_open_no_word = La finestra annunciata è iniziata; l’inizio dei lavori non è ancora stato comunicato.
window_over_no_word = La finestra annunciata è terminata; nessun lavoro è stato comunicato.
window_overrun = La manutenzione sta durando più di quanto annunciato.
bars_summary = { $days } giorni: { $problems ->
    [0] nessuno con problemi
    [one] 1 con problemi
   *[other] { $problems } con problemi
}{ $maintenance ->
    [0] { "" }
   *[other] , { $maintenance } con manutenzione
}{ $unknown ->
    [0] { "" }
   *[other] , { $unknown } senza dati
}.

began = Inizio
mitigated = Mitigato
ended = Fine
duration = Durata
duration_so_far = Finora
impact = Impatto
status = Stato
over_time = Nel tempo
as_table = Come tabella
state = Stato
from = Da
to = A
ongoing = in corso
updates = Aggiornamenti
no_updates = Ancora nessun aggiornamento pubblico.
edited = Modificato
redacted = In parte rimosso
written_in = Lingua:
public_summary = Che cosa è successo e che cosa abbiamo imparato
merged_note = Questo incidente fa parte di un altro, dove proseguono gli aggiornamenti:
merged_note_unknown = Questo incidente è risultato parte di un altro.
canceled_note = Non si è rivelato un incidente, oppure non avrà luogo.
all_in_month = Altri eventi del mese

a_year = L’ultimo anno, giorno per giorno
last_days = { $count ->
    [one] Ultimo giorno
   *[other] Ultimi { $count } giorni
}
no_downtime = Nessuna interruzione
downtime = { $duration } di interruzione
counted = Che cosa è stato conteggiato
counted_none = Nell’ultimo anno nulla è stato conteggiato come interruzione.
counted_note = Disponibilità = 1 − interruzione ÷ tempo osservato. Un’interruzione grave conta per intero, una parziale al 30%, le prestazioni ridotte e la manutenzione annunciata non contano; la manutenzione oltre la finestra annunciata conta come interruzione. Dove le interruzioni si sovrappongono, la più grave conta una sola volta. I valori sono arrotondati per difetto.
weight = Peso
counts_as = Conta come
data_since = Dati dal { $day }.
not_watched = Non ci sono ancora dati.
service_incidents = Incidenti e manutenzione
service_no_incidents = Nulla è stato segnalato per questo servizio.
retired_on = Ritirato il
replaced_by = Sostituito da

history_title = Cronologia
events_count = { $count ->
    [0] Nessun evento
    [one] 1 evento
   *[other] { $count } eventi
}
older = Precedente
newer = Successivo
history_empty = Nulla è stato ancora segnalato.

nav_maintenance = Manutenzione
nav_postmortems = Analisi
nav_search = Cerca
nav_subscribe = Iscriviti

maintenance_intro = I lavori programmati: quelli in arrivo, quelli in corso e quelli conclusi.
maintenance_none = Nessuna manutenzione è programmata.
maintenance_done = Conclusa nell’ultimo anno
maintenance_none_done = Nell’ultimo anno non è stata eseguita alcuna manutenzione.
add_to_calendar = Aggiungi al calendario
calendar = Calendario
calendar_note = Un programma di calendario iscritto a questo indirizzo mostra i lavori programmati e segue spostamenti e annullamenti.
calendar_all = Calendario di tutta la manutenzione

postmortems_title = Analisi degli incidenti
postmortems_intro = Che cosa è successo e che cosa abbiamo imparato.
postmortems_none = Nessuna analisi è stata ancora pubblicata.
postmortems_of = Analisi del { $year }
postmortems_by_year = Per anno

subscribe_title = Iscriviti
subscribe_intro = Per sapere di incidenti e manutenzione senza venire a guardare qui.
subscribe_all = Tutti i servizi
subscribe_services = Un solo servizio
subscribe_to_service = Iscriviti a questo servizio
feeds_note = Ogni incidente e ogni manutenzione è una voce, che torna in cima a ogni aggiornamento. Qualsiasi lettore di feed accetta uno dei formati.
for_programs = Per i programmi
for_programs_note = Lo stato nel formato della versione 2 della consueta API delle pagine di stato, e valori per il monitoraggio.
status_api = API di stato

search_title = Cerca
search_intro = Tutti gli incidenti e la manutenzione, con qualsiasi loro parola.
search_label = Parole da cercare
search_without_script = La ricerca funziona nel browser e richiede JavaScript. Senza, tutto si trova qui, mese per mese:
search_found = Risultati: { $count }
search_found_none = Nessun risultato
search_too_short = Almeno due lettere, per favore.
search_failed = Non è stato possibile caricare l’indice di ricerca. Servono un server web e una connessione.
search_more = Mostra altri

not_found_title = Pagina non trovata
not_found_text = A questo indirizzo non c’è nulla. Lo stato di tutti i servizi è nella pagina iniziale.
moved_title = Questa pagina è stata spostata

# Announcements
announce_opened = Nuovo incidente
announce_withdrawn = Messaggio ritirato
announce_corrected = Messaggio corretto
announce_maintenance = Manutenzione programmata
announce_postmortem = Analisi pubblicata
announce_incidents = Incidenti
announce_next_update = Prossimo aggiornamento
announce_time = Ora
announce_fact = { $name }: { $value }

month_1 = gennaio
month_2 = febbraio
month_3 = marzo
month_4 = aprile
month_5 = maggio
month_6 = giugno
month_7 = luglio
month_8 = agosto
month_9 = settembre
month_10 = ottobre
month_11 = novembre
month_12 = dicembre
short_month_1 = gen
short_month_2 = feb
short_month_3 = mar
short_month_4 = apr
short_month_5 = mag
short_month_6 = giu
short_month_7 = lug
short_month_8 = ago
short_month_9 = set
short_month_10 = ott
short_month_11 = nov
short_month_12 = dic
date_day = { $day } { $month } { $year }
date_short_day = { $day } { $short_month }
date_month = { $month } { $year }
date_clock = { $hour }:{ $minute } { $zone }
date_moment = { $day }, { $clock }
date_span = { $from } – { $to }
duration_days = { $n } g
duration_hours = { $n } h
duration_minutes = { $n } min
duration_two_units = { $large } { $small }
duration_under_a_minute = meno di 1 min
percent = { $whole },{ $hundredths }%
