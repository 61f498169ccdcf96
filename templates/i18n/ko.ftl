# 한국어

language_name = 한국어
skip = 본문으로 건너뛰기
nav_status = 현황
nav_history = 기록
nav_label = 주 메뉴
languages_label = 언어
as_of = 데이터 기준 시각
stale = 이 페이지는 최신이 아닐 수 있습니다. 마지막 생성 시각:
local_time = 현지 시각 { $time }
back_to_status = 현재 상태로 돌아가기

operational = 정상
under_maintenance = 점검 중
degraded_performance = 성능 저하
partial_outage = 부분 장애
major_outage = 전면 장애
no_data = 데이터 없음

investigating = 조사 중
identified = 원인 확인
monitoring = 경과 관찰 중
resolved = 해결됨
scheduled = 예정됨
in_progress = 진행 중
verifying = 확인 중
completed = 완료됨
canceled = 취소됨
merged = 병합됨
update = 업데이트
latest_update = 최근 업데이트

incident = 인시던트
maintenance = 점검
impact_none = 영향 없음
impact_maintenance = 점검
impact_minor = 경미한 영향
impact_major = 큰 영향
impact_critical = 심각한 영향

overall_operational = 모든 서비스가 정상입니다
overall_no_data = 아직 등록된 서비스가 없습니다
overall_monitoring = 조치를 적용하고 경과를 지켜보고 있습니다
overall_investigating = 인시던트를 조사하고 있습니다
overall_maintenance_running = 점검이 진행 중입니다
overall_under_maintenance = { $count ->
    [1] { $service } 점검 중입니다
   *[other] { $count }개 서비스가 점검 중입니다
}
overall_degraded_performance = { $count ->
    [1] { $service } 성능이 저하되었습니다
   *[other] { $count }개 서비스의 성능이 저하되었습니다
}
overall_partial_outage = { $count ->
    [1] { $service } 일부를 이용할 수 없습니다
   *[other] { $count }개 서비스 일부를 이용할 수 없습니다
}
overall_major_outage = { $count ->
    [1] { $service } 이용이 불가능합니다
   *[other] { $count }개 서비스를 이용할 수 없습니다
}
overall_all_down = { $count ->
    [1] { $service } 이용이 불가능합니다
   *[other] 모든 서비스를 이용할 수 없습니다
}
overall_affected = 전체 { $total }개 서비스 중 { $count }개가 영향을 받고 있습니다.

open_incidents = 진행 중인 인시던트
running_maintenance = 진행 중인 점검
coming_maintenance = 예정된 점검
services = 서비스
other_services = 기타 서비스
recent_history = 최근 14일
full_history = 전체 기록
nothing_reported = 보고된 사항 없음
ninety_days_ago = 90일 전
today = 오늘
uptime = 가동률
uptime_unknown = 아직 데이터 없음
next_update_by = 다음 안내 예정
next_update_overdue = 안내 예정 시각이 지났습니다:
affected_services = 영향받는 서비스
expected_operational = 예상: 정상
expected_under_maintenance = 예상: 점검 중
expected_degraded_performance = 예상: 성능 저하
expected_partial_outage = 예상: 부분 장애
expected_major_outage = 예상: 전면 장애
window = 점검 시간
window_open_no_word = 공지된 점검 시간이 시작되었으나 작업 시작은 아직 보고되지 않았습니다.
window_over_no_word = 공지된 점검 시간이 끝났으나 작업이 보고되지 않았습니다.
window_overrun = 점검이 공지된 시간보다 길어지고 있습니다.
bars_summary = { $days }일: { $problems ->
    [0] 문제 없음
   *[other] 문제 { $problems }일
}{ $maintenance ->
    [0] { "" }
   *[other] , 점검 { $maintenance }일
}{ $unknown ->
    [0] { "" }
   *[other] , 데이터 없음 { $unknown }일
}.

began = 시작
mitigated = 영향 완화
ended = 종료
duration = 지속 시간
duration_so_far = 현재까지
impact = 영향
status = 상태
over_time = 시간별 추이
as_table = 표로 보기
state = 상태
from = 시작
to = 종료
ongoing = 진행 중
updates = 업데이트
no_updates = 아직 공지가 없습니다.
edited = 수정됨
redacted = 일부 삭제됨
written_in = 작성 언어:
public_summary = 무슨 일이 있었고 무엇을 배웠는가
merged_note = 이 인시던트는 다른 인시던트에 포함되었으며, 안내는 그곳에서 계속됩니다:
merged_note_unknown = 이 인시던트는 다른 인시던트의 일부로 확인되었습니다.
canceled_note = 인시던트가 아닌 것으로 확인되었거나 진행되지 않습니다.
all_in_month = 같은 달의 다른 기록

a_year = 지난 1년, 일별
last_days = 최근 { $count }일
no_downtime = 중단 없음
downtime = 중단 { $duration }
counted = 중단 시간으로 집계된 구간
counted_none = 지난 1년간 중단 시간으로 집계된 구간이 없습니다.
counted_note = 가동률 = 1 − 중단 시간 ÷ 관측 시간. 전면 장애는 전부, 부분 장애는 30%를 집계하고, 성능 저하와 공지된 점검은 집계하지 않습니다. 공지된 시간을 넘긴 점검은 장애로 집계합니다. 장애가 겹치면 가장 큰 것만 한 번 집계합니다. 수치는 내림합니다.
weight = 가중치
counts_as = 집계
data_since = { $day }부터의 데이터입니다.
not_watched = 아직 데이터가 없습니다.
service_incidents = 인시던트와 점검
service_no_incidents = 이 서비스에 대해 보고된 사항이 없습니다.
retired_on = 종료일
replaced_by = 대체 서비스

history_title = 기록
events_count = { $count ->
    [0] 없음
   *[other] { $count }건
}
older = 이전
newer = 다음
history_empty = 아직 보고된 사항이 없습니다.

nav_maintenance = 점검
nav_postmortems = 사후 분석
nav_search = 검색
nav_subscribe = 구독

maintenance_intro = 예정된 점검, 진행 중인 점검, 완료된 점검입니다.
maintenance_none = 예정된 점검이 없습니다.
maintenance_done = 지난 1년간 완료된 점검
maintenance_none_done = 지난 1년간 완료된 점검이 없습니다.
add_to_calendar = 캘린더에 추가
calendar = 캘린더
calendar_note = 캘린더 프로그램에서 이 주소를 구독하면 예정된 점검이 표시되고, 일정 변경과 취소도 반영됩니다.
calendar_all = 전체 점검 캘린더

postmortems_title = 사후 분석
postmortems_intro = 무슨 일이 있었고 무엇을 배웠는지 알려 드립니다.
postmortems_none = 아직 공개된 사후 분석이 없습니다.
postmortems_of = { $year }년 사후 분석
postmortems_by_year = 연도별

subscribe_title = 구독
subscribe_intro = 이 페이지를 열지 않아도 인시던트와 점검 소식을 받아 보실 수 있습니다.
subscribe_all = 전체 서비스
subscribe_services = 서비스별
subscribe_to_service = 이 서비스 구독
feeds_note = 인시던트와 점검이 각각 하나의 항목이며, 새 안내가 있을 때마다 맨 위로 올라옵니다. 어떤 피드 리더든 세 형식 중 하나로 구독할 수 있습니다.
for_programs = 프로그램용
for_programs_note = 널리 쓰이는 상태 페이지 API 버전 2 형식의 현황과 모니터링용 수치입니다.
status_api = 상태 API

search_title = 검색
search_intro = 모든 인시던트와 점검을 본문의 단어로 찾습니다.
search_label = 찾을 단어
search_without_script = 검색은 브라우저에서 실행되며 JavaScript가 필요합니다. JavaScript 없이도 월별 기록에서 모두 보실 수 있습니다:
search_found = 검색 결과 { $count }건
search_found_none = 찾은 결과가 없습니다
search_too_short = 두 글자 이상 입력해 주세요.
search_failed = 검색 색인을 불러오지 못했습니다. 웹 서버와 네트워크 연결이 필요합니다.
search_more = 더 보기

not_found_title = 페이지를 찾을 수 없습니다
not_found_text = 이 주소에는 아무것도 없습니다. 모든 서비스의 상태는 첫 페이지에 있습니다.
moved_title = 페이지가 이동했습니다

# Announcements
announce_opened = 새 인시던트
announce_withdrawn = 공지 철회
announce_corrected = 공지 정정
announce_maintenance = 예정된 점검
announce_postmortem = 사후 분석 게시
announce_incidents = 인시던트
announce_next_update = 다음 안내 예정
announce_time = 시각
announce_fact = { $name }: { $value }

month_1 = 1월
month_2 = 2월
month_3 = 3월
month_4 = 4월
month_5 = 5월
month_6 = 6월
month_7 = 7월
month_8 = 8월
month_9 = 9월
month_10 = 10월
month_11 = 11월
month_12 = 12월
short_month_1 = 1월
short_month_2 = 2월
short_month_3 = 3월
short_month_4 = 4월
short_month_5 = 5월
short_month_6 = 6월
short_month_7 = 7월
short_month_8 = 8월
short_month_9 = 9월
short_month_10 = 10월
short_month_11 = 11월
short_month_12 = 12월
date_day = { $year }년 { $number }월 { $day }일
date_short_day = { $number }월 { $day }일
date_month = { $year }년 { $number }월
date_clock = { $hour }:{ $minute } { $zone }
date_moment = { $day } { $clock }
date_span = { $from } – { $to }
duration_days = { $n }일
duration_hours = { $n }시간
duration_minutes = { $n }분
duration_two_units = { $large } { $small }
duration_under_a_minute = 1분 미만
percent = { $whole }.{ $hundredths }%
