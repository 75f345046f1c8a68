# The forecasting methods of R's package forecast (8.20) on network and cloud series: rolling origins, refit at each.
#
# Rscript network_baselines.R DIR SCORES MEANS [--half second,first] [--windows 0,3,7] [--series a,b] [--methods x,y]
#                             [--limit-s 120]
#
# DIR holds an `index` (name,period,horizon) and one `<name>.csv` a series: one value a line on a regular grid, without gaps.
# SCORES gets series,half,window,origin,method,mase,smape,cover95,msis95,cpu_s and MEANS series,half,window,origin,method,f1,...
# A fit that fails or takes longer than the limit leaves NA. Eight origins a half: n/2 .. n-h and n/4 .. n/2-h, evenly spaced.
# Note: ets() knows no season longer than 24, so it is the non-seasonal ets there.
suppressMessages(library(forecast))

arguments <- commandArgs(trailingOnly = TRUE)
option <- function(name, default) {
  at <- match(paste0("--", name), arguments)
  if (is.na(at)) default else strsplit(arguments[at + 1], ",")[[1]]
}

periods <- function(y, m) if (length(y) > 2 * 7 * m) msts(y, c(m, 7 * m)) else ts(y, frequency = m)
quietly <- function(call) suppressMessages(suppressWarnings(call))

all_methods <- list(
  naive = function(y, m, h) naive(ts(y, frequency = m), h, level = 95),
  snaive = function(y, m, h) snaive(ts(y, frequency = m), h, level = 95),
  thetaf = function(y, m, h) thetaf(ts(y, frequency = m), h, level = 95),
  stlf_ets = function(y, m, h) stlf(ts(y, frequency = m), h, method = "ets", level = 95),
  stlf_arima = function(y, m, h) stlf(ts(y, frequency = m), h, method = "arima", level = 95),
  mstl_arima = function(y, m, h) stlf(periods(y, m), h, method = "arima", level = 95),
  auto_arima = function(y, m, h) forecast(auto.arima(ts(y), seasonal = FALSE), h, level = 95),
  ets = function(y, m, h) forecast(ets(ts(y, frequency = m)), h, level = 95)
)

origins <- function(n, h, half) {
  from <- if (half == "second") n %/% 2 else n %/% 4
  to <- if (half == "second") n - h else n %/% 2 - h
  from + (0:7 * (to - from)) %/% 7
}

score <- function(f, y, future, m) {
  scale <- mean(abs(diff(y, lag = m)))
  mean <- as.numeric(f$mean)
  low <- as.numeric(f$lower)
  high <- as.numeric(f$upper)
  error <- abs(future - mean)
  size <- abs(future) + abs(mean)
  width <- high - low + (2 / 0.05) * (pmax(low - future, 0) + pmax(future - high, 0))
  c(mean(error) / scale, 200 * mean(ifelse(size > 0, error / size, 0)), mean(future >= low & future <= high), mean(width) / scale)
}

forecast_within <- function(method, y, m, h, limit) {
  setTimeLimit(cpu = limit, transient = TRUE)
  on.exit(setTimeLimit())
  tryCatch(quietly(method(y, m, h)), error = function(e) {
    message(conditionMessage(e))
    NULL
  })
}

scores_file <- file(arguments[2], "w")
means_file <- file(arguments[3], "w")
put <- function(to, ...) {
  writeLines(paste(..., sep = ","), to)
  flush(to)
}
put(scores_file, "series,half,window,origin,method,mase,smape,cover95,msis95,cpu_s")
put(means_file, "series,half,window,origin,method,means")

index <- read.csv(file.path(arguments[1], "index"), stringsAsFactors = FALSE)
index <- index[index$name %in% option("series", index$name), ]
methods <- option("methods", names(all_methods))
windows <- as.integer(option("windows", as.character(0:7)))
limit <- as.numeric(option("limit-s", "120"))

run <- function(half, name, row) {
  x <- scan(file.path(arguments[1], paste0(row$name, ".csv")), quiet = TRUE)
  m <- row$period
  h <- row$horizon
  at <- origins(length(x), h, half)
  for (window in windows) {
    y <- x[seq_len(at[window + 1])]
    future <- x[at[window + 1] + seq_len(h)]
    spent <- system.time(f <- forecast_within(all_methods[[name]], y, m, h, limit))
    cpu <- sum(spent[c("user.self", "sys.self")])
    result <- if (is.null(f)) rep(NA, 4) else score(f, y, future, m)
    key <- paste(row$name, half, window, at[window + 1], name, sep = ",")
    put(scores_file, key, paste(format(result, digits = 6, trim = TRUE), collapse = ","), sprintf("%.3f", cpu))
    if (!is.null(f)) put(means_file, key, paste(format(as.numeric(f$mean), digits = 10, trim = TRUE), collapse = ","))
  }
}

for (half in option("half", c("second", "first"))) {
  for (name in methods) {
    for (i in seq_len(nrow(index))) {
      message(half, " ", name, " ", index$name[i])
      run(half, name, index[i, ])
    }
  }
}
