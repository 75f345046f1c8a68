# Writes src/test/resources/io/foreshard/forecast/score/score.properties. Run in forecast/: Rscript src/test/golden/score.R
# R's own integrate() and the double sum of the definition stand in for a package of CRPS; Naive2 is written after the rules of M4.
suppressMessages(library(forecast))
out <- c(sprintf("# R %s, forecast %s; src/test/golden/score.R writes this", getRversion(), packageVersion("forecast")))
put <- function(name, values) {
  out <<- c(out, paste0(name, "=", paste(sprintf("%.15g", values), collapse = ",")))
}

set.seed(7)
series <- round(100 + 20 * sin(2 * pi * (1:120) / 12) + cumsum(rnorm(120)), 3)
train <- ts(series[1:108], frequency = 12)
test <- ts(series[109:120], frequency = 12, start = c(10, 1))
put("series", series)
for (name in c("snaive", "rwf")) {
  fc <- get(name)(train, h = 12, level = 95)
  a <- accuracy(fc, test)["Test set", ]
  put(paste0(name, ".forecast"), fc$mean)
  put(paste0(name, ".mae.rmse.mase"), a[c("MAE", "RMSE", "MASE")])
}

e1 <- round(rnorm(60), 3)
e2 <- round(0.5 * e1 + 1.2 * rnorm(60), 3)
put("dm.first", e1)
put("dm.second", e2)
for (h in c(1, 2, 6)) {
  for (power in 1:2) {
    t <- dm.test(e1, e2, h = h, power = power)
    put(sprintf("dm.h%d.power%d", h, power), c(t$statistic, t$p.value))
  }
}

crps <- function(cdf, y) {
  below <- integrate(function(x) cdf(x)^2, -Inf, y, rel.tol = 1e-10)$value
  below + integrate(function(x) (1 - cdf(x))^2, y, Inf, rel.tol = 1e-10)$value
}
put("crps.gaussian", sapply(c(-3, 0, 0.7, 5), function(y) crps(function(x) pnorm(x, 0.5, 2), y)))
members <- round(rnorm(15), 3)
put("crps.members", members)
put("crps.ensemble", sapply(c(-3, 0, 0.7, 5), function(y)
  mean(abs(members - y)) - mean(abs(outer(members, members, "-"))) / 2))

naive2 <- function(x, m, h) {
  correlations <- acf(x, plot = FALSE, lag.max = m)$acf[-1]
  limit <- 1.645 / sqrt(length(x)) * sqrt(cumsum(c(1, 2 * correlations^2)))
  if (length(x) < 3 * m || !(abs(correlations[m]) > limit[m])) return(rep(tail(x, 1), h))
  season <- decompose(ts(x, frequency = m), type = "multiplicative")$seasonal
  as.numeric(tail(x / season, 1)) * head(rep(tail(season, m), h), h)
}
put("naive2.even", naive2(as.numeric(train), 12, 30))
put("naive2.odd", naive2(as.numeric(train), 7, 10))
weekly <- round(50 + 10 * sin(2 * pi * (1:100) / 7) + rnorm(100), 3)
put("weekly", weekly)
put("naive2.weekly", naive2(weekly, 7, 10))
writeLines(out, "src/test/resources/io/foreshard/forecast/score/score.properties")
