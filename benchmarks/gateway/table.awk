# Medians over rounds of what benchmarks/gateway/run measured, the bars, and whether they are met.
# Lines: json|single NAME ROUND RATE P50 P99 CPU LOOPS BAD
#        streams NAME ROUND STREAMS BROKEN STALLS EVENTS FIRST50 FIRST99 EVENT50 EVENT99 CPU

function note(kind, name, round, key, value) {
  values[kind, name, key, round] = value
  if (round > rounds[kind]) rounds[kind] = round
  has[kind, name] = 1
}

function median(kind, name, key, of, n, i, j, swap) {
  if (!((kind, name) in has)) return -1
  n = rounds[kind]
  for (i = 1; i <= n; i++) of[i] = values[kind, name, key, i]
  return middle(of, n)
}

# The median of the rounds' ratios, or differences: what disturbs one round disturbs both of its sides.
function against(kind, name, other, key, differ, of, n, i) {
  if (!((kind, name) in has) || !((kind, other) in has)) return -1e9
  n = rounds[kind]
  for (i = 1; i <= n; i++) {
    of[i] = differ ? values[kind, name, key, i] - values[kind, other, key, i] \
      : values[kind, name, key, i] / (values[kind, other, key, i] > 0 ? values[kind, other, key, i] : 1e-9)
  }
  return middle(of, n)
}

function middle(of, n, i, j, swap) {
  for (i = 2; i <= n; i++) for (j = i; j > 1 && of[j - 1] > of[j]; j--) { swap = of[j]; of[j] = of[j - 1]; of[j - 1] = swap }
  return n % 2 ? of[(n + 1) / 2] : (of[n / 2] + of[n / 2 + 1]) / 2
}

function bar(text, value, unit, limit, upward) {
  bars++
  barText[bars] = text; barValue[bars] = value; barUnit[bars] = unit; barLimit[bars] = limit
  barMet[bars] = value == -1e9 ? "not measured" : (upward ? value >= limit : value <= limit) ? "met" : "missed"
  barSign[bars] = upward ? "≥" : "≤"
}

$1 == "streams" {
  note($1, $2, $3, "streams", $4); note($1, $2, $3, "broken", $5); note($1, $2, $3, "stalls", $6); note($1, $2, $3, "events", $7)
  note($1, $2, $3, "first50", $8); note($1, $2, $3, "first99", $9); note($1, $2, $3, "event50", $10); note($1, $2, $3, "event99", $11); note($1, $2, $3, "cpu", $12)
  next
}

{
  note($1, $2, $3, "rate", $4); note($1, $2, $3, "p50", $5); note($1, $2, $3, "p99", $6)
  note($1, $2, $3, "cpu", $7); note($1, $2, $3, "loops", $8); note($1, $2, $3, "bad", $9)
}

END {
  count = split("direct relay haproxy portkey gateway", names, " ")
  bar("requests/s over HAProxy's", against("json", "gateway", "haproxy", "rate", 0), "×", 0.5, 1)
  bar("requests/s over Portkey's", against("json", "gateway", "portkey", "rate", 0), "×", 10, 1)
  bar("p50 of one client beyond HAProxy's", against("single", "gateway", "haproxy", "p50", 1), "µs", 150, 0)
  bar("p99 of one client beyond direct", against("single", "gateway", "direct", "p99", 1), "µs", 500, 0)
  bar("first event of a stream, p99 beyond direct", against("streams", "gateway", "direct", "first99", 1), "µs", 1000, 0)
  bar("an event of a stream, p99 beyond direct", against("streams", "gateway", "direct", "event99", 1), "µs", 50, 0)
  bar("streams that stood still or broke", median("streams", "gateway", "stalls") + median("streams", "gateway", "broken"), "", 0, 0)

  if (json) {
    printf "{\"seconds\":%s,\"connections\":%d,\"streams\":%d,\"load\":%s,\"tracing\":%s,\"ledger\":%s,\"measured\":[", seconds, connections, streams, load, \
      (tracing == "yes" ? "true" : "false"), (ledger == "" ? "false" : "true")
    comma = ""
    split("json single streams", kinds, " ")
    split("rate p50 p99 cpu loops bad", ofRequests, " ")
    split("streams broken stalls events first50 first99 event50 event99 cpu", ofStreams, " ")
    for (k = 1; k <= 3; k++) for (i = 1; i <= count; i++) if ((kinds[k], names[i]) in has) {
      printf "%s{\"kind\":\"%s\",\"through\":\"%s\"", comma, kinds[k], names[i]
      comma = ","
      if (kinds[k] == "streams") for (j = 1; j <= 9; j++) printf ",\"%s\":%s", ofStreams[j] (j > 4 ? "Micros" : ""), median(kinds[k], names[i], ofStreams[j])
      else for (j = 1; j <= 6; j++) printf ",\"%s\":%s", ofRequests[j] (j > 1 && j < 6 ? "Micros" : ""), median(kinds[k], names[i], ofRequests[j])
      printf "}"
    }
    printf "],\"bars\":["
    for (i = 1; i <= bars; i++) printf "%s{\"what\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"limit\":%s,\"result\":\"%s\"}", (i > 1 ? "," : ""), barText[i], \
      (barValue[i] == -1e9 ? "null" : barValue[i]), barUnit[i], barLimit[i], barMet[i]
    printf "]}\n"
    exit
  }

  printf "tracing: %s; ledger: %s; load now %s\n", tracing, (ledger == "" ? "no" : "yes"), load
  printf "\n%d connections, JSON, medians of %d rounds of %s s\n\n| | requests/s | p50 ms | p99 ms | CPU µs a request | of it loops | not 2xx |\n|---|---|---|---|---|---|---|\n", connections, rounds["json"], seconds
  rows("json")
  printf "\n1 connection\n\n| | requests/s | p50 ms | p99 ms | CPU µs a request | of it loops | not 2xx |\n|---|---|---|---|---|---|---|\n"
  rows("single")
  printf "\n%d streams, an event each 20 ms\n\n| | streams | broken | stood still | first event p50 µs | p99 | an event p50 µs | p99 | CPU µs an event |\n|---|---|---|---|---|---|---|---|---|\n", streams
  for (i = 1; i <= count; i++) if (("streams", names[i]) in has)
    printf "| %s | %d | %d | %d | %.0f | %.0f | %.0f | %.0f | %s |\n", names[i], median("streams", names[i], "streams"), median("streams", names[i], "broken"), median("streams", names[i], "stalls"), \
      median("streams", names[i], "first50"), median("streams", names[i], "first99"), median("streams", names[i], "event50"), median("streams", names[i], "event99"), \
      (names[i] == "direct" ? "–" : sprintf("%.1f", median("streams", names[i], "cpu")))
  printf "\n| bar | measured | wanted | |\n|---|---|---|---|\n"
  for (i = 1; i <= bars; i++) printf "| %s | %s | %s %s %s | %s |\n", barText[i], (barValue[i] == -1e9 ? "–" : sprintf("%.2f %s", barValue[i], barUnit[i])), barSign[i], barLimit[i], barUnit[i], barMet[i]
}

function rows(kind, i) {
  for (i = 1; i <= count; i++) if ((kind, names[i]) in has)
    printf "| %s | %.0f | %.3f | %.3f | %s | %s | %d |\n", names[i], median(kind, names[i], "rate"), median(kind, names[i], "p50") / 1e3, median(kind, names[i], "p99") / 1e3, \
      (names[i] == "direct" ? "–" : sprintf("%.0f", median(kind, names[i], "cpu"))), (names[i] == "gateway" ? sprintf("%.0f", median(kind, names[i], "loops")) : "–"), median(kind, names[i], "bad")
}
