# 日本語

language_name = 日本語
skip = 本文へ移動
nav_status = 稼働状況
nav_history = 履歴
nav_label = メインメニュー
languages_label = 言語
as_of = データ基準日時
stale = このページは最新ではない可能性があります。最終生成：
local_time = 現地時刻 { $time }
back_to_status = 現在の稼働状況へ戻る

operational = 正常
under_maintenance = メンテナンス中
degraded_performance = 性能低下
partial_outage = 一部障害
major_outage = 全面障害
no_data = データなし

investigating = 調査中
identified = 原因特定
monitoring = 経過観察中
resolved = 解決済み
scheduled = 予定
in_progress = 実施中
verifying = 確認中
completed = 完了
canceled = 中止
merged = 統合済み
update = 更新
latest_update = 最新の更新

incident = インシデント
maintenance = メンテナンス
impact_none = 影響なし
impact_maintenance = メンテナンス
impact_minor = 軽微な影響
impact_major = 大きな影響
impact_critical = 重大な影響

overall_operational = すべてのサービスは正常です
overall_no_data = 登録されたサービスはまだありません
overall_monitoring = 対処を適用し、経過を見守っています
overall_investigating = インシデントを調査しています
overall_maintenance_running = メンテナンスを実施しています
overall_under_maintenance = { $count ->
    [1] { $service }はメンテナンス中です
   *[other] { $count }件のサービスがメンテナンス中です
}
overall_degraded_performance = { $count ->
    [1] { $service }の性能が低下しています
   *[other] { $count }件のサービスの性能が低下しています
}
overall_partial_outage = { $count ->
    [1] { $service }の一部が利用できません
   *[other] { $count }件のサービスの一部が利用できません
}
overall_major_outage = { $count ->
    [1] { $service }が利用できません
   *[other] { $count }件のサービスが利用できません
}
overall_all_down = { $count ->
    [1] { $service }が利用できません
   *[other] すべてのサービスが利用できません
}
overall_affected = { $total }件中{ $count }件のサービスに影響があります。

open_incidents = 対応中のインシデント
running_maintenance = 実施中のメンテナンス
coming_maintenance = 予定されているメンテナンス
services = サービス
other_services = その他のサービス
recent_history = 過去14日間
full_history = すべての履歴
nothing_reported = 報告なし
ninety_days_ago = 90日前
today = 今日
uptime = 稼働率
uptime_unknown = データはまだありません
next_update_by = 次の更新予定
next_update_overdue = 更新予定の時刻を過ぎています：
affected_services = 影響のあるサービス
expected_operational = 見込み：正常
expected_under_maintenance = 見込み：メンテナンス中
expected_degraded_performance = 見込み：性能低下
expected_partial_outage = 見込み：一部障害
expected_major_outage = 見込み：全面障害
window = 実施時間
window_open_no_word = 告知した時間帯に入りましたが、作業の開始はまだ報告されていません。
window_over_no_word = 告知した時間帯は終わりましたが、作業は報告されていません。
window_overrun = メンテナンスが告知した時間を超えて続いています。
bars_summary = { $days }日間：{ $problems ->
    [0] 問題なし
   *[other] 問題のあった日 { $problems }日
}{ $maintenance ->
    [0] { "" }
   *[other] 、メンテナンス { $maintenance }日
}{ $unknown ->
    [0] { "" }
   *[other] 、データなし { $unknown }日
}。

began = 開始
mitigated = 影響緩和
ended = 終了
duration = 継続時間
duration_so_far = 現在まで
impact = 影響
status = 状況
over_time = 時間の経過
as_table = 表で見る
state = 状態
from = 開始
to = 終了
ongoing = 継続中
updates = 更新情報
no_updates = 公開された情報はまだありません。
edited = 修正
redacted = 一部削除
written_in = 記載言語：
public_summary = 何が起き、何を学んだか
merged_note = このインシデントは別のインシデントに統合され、更新はそちらで続きます：
merged_note_unknown = このインシデントは別のインシデントの一部でした。
canceled_note = インシデントではないと確認されたか、実施されません。
all_in_month = 同じ月のほかの記録

a_year = 過去1年、日ごと
last_days = 過去{ $count }日間
no_downtime = 停止なし
downtime = 停止 { $duration }
counted = 停止時間として数えたもの
counted_none = 過去1年間に停止時間として数えたものはありません。
counted_note = 稼働率 = 1 − 停止時間 ÷ 観測時間。全面障害はすべて、一部障害は30%を数え、性能低下と告知済みのメンテナンスは数えません。告知した時間を超えたメンテナンスは障害として数えます。障害が重なるときは最も重いものを一度だけ数えます。数値は切り捨てです。
weight = 重み
counts_as = 算入
data_since = データは{ $day }からです。
not_watched = データはまだありません。
service_incidents = インシデントとメンテナンス
service_no_incidents = このサービスについての報告はありません。
retired_on = 終了日
replaced_by = 後継

history_title = 履歴
events_count = { $count ->
    [0] なし
   *[other] { $count }件
}
older = 前へ
newer = 次へ
history_empty = まだ報告はありません。

nav_maintenance = メンテナンス
nav_postmortems = 事後分析
nav_search = 検索
nav_subscribe = 購読

maintenance_intro = 予定されている作業、実施中の作業、完了した作業です。
maintenance_none = 予定されているメンテナンスはありません。
maintenance_done = 過去1年に完了したメンテナンス
maintenance_none_done = 過去1年に完了したメンテナンスはありません。
add_to_calendar = カレンダーに追加
calendar = カレンダー
calendar_note = カレンダーアプリでこのアドレスを購読すると、予定された作業が表示され、日程の変更や中止も反映されます。
calendar_all = すべてのメンテナンスのカレンダー

postmortems_title = 事後分析
postmortems_intro = 何が起き、何を学んだかをお伝えします。
postmortems_none = 公開された事後分析はまだありません。
postmortems_of = { $year }年の事後分析
postmortems_by_year = 年ごと

subscribe_title = 購読
subscribe_intro = このページを開かなくても、インシデントとメンテナンスの情報を受け取れます。
subscribe_all = すべてのサービス
subscribe_services = サービスごと
subscribe_to_service = このサービスを購読
feeds_note = インシデントとメンテナンスはそれぞれ一つの項目で、更新のたびに先頭へ移ります。どのフィードリーダーでも、いずれかの形式で購読できます。
for_programs = プログラム向け
for_programs_note = 広く使われているステータスページAPIバージョン2形式の稼働状況と、監視用の数値です。
status_api = ステータスAPI

search_title = 検索
search_intro = すべてのインシデントとメンテナンスを、本文の言葉で探します。
search_label = 探す言葉
search_without_script = 検索はブラウザで動作し、JavaScriptが必要です。JavaScriptがなくても、月ごとの履歴ですべてご覧いただけます：
search_found = { $count }件見つかりました
search_found_none = 見つかりませんでした
search_too_short = 2文字以上で入力してください。
search_failed = 検索の索引を読み込めませんでした。Webサーバーと接続が必要です。
search_more = さらに表示

not_found_title = ページが見つかりません
not_found_text = このアドレスには何もありません。すべてのサービスの状況はトップページにあります。
moved_title = ページは移動しました

# Announcements
announce_opened = 新しいインシデント
announce_withdrawn = お知らせの取り下げ
announce_corrected = お知らせの訂正
announce_maintenance = メンテナンスの予定
announce_postmortem = 事後分析の公開
announce_incidents = インシデント
announce_next_update = 次回のお知らせ
announce_time = 日時
announce_fact = { $name }：{ $value }

month_1 = 1月
month_2 = 2月
month_3 = 3月
month_4 = 4月
month_5 = 5月
month_6 = 6月
month_7 = 7月
month_8 = 8月
month_9 = 9月
month_10 = 10月
month_11 = 11月
month_12 = 12月
short_month_1 = 1月
short_month_2 = 2月
short_month_3 = 3月
short_month_4 = 4月
short_month_5 = 5月
short_month_6 = 6月
short_month_7 = 7月
short_month_8 = 8月
short_month_9 = 9月
short_month_10 = 10月
short_month_11 = 11月
short_month_12 = 12月
date_day = { $year }年{ $number }月{ $day }日
date_short_day = { $number }月{ $day }日
date_month = { $year }年{ $number }月
date_clock = { $hour }:{ $minute } { $zone }
date_moment = { $day } { $clock }
date_span = { $from } – { $to }
duration_days = { $n }日
duration_hours = { $n }時間
duration_minutes = { $n }分
duration_two_units = { $large }{ $small }
duration_under_a_minute = 1分未満
percent = { $whole }.{ $hundredths }%
