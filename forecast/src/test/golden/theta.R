# Writes the golden values of ThetaGoldenTest, computed by thetaf of R's package forecast.
#
# Run from the forecast folder on Debian 12 with r-cran-forecast:
#     Rscript src/test/golden/theta.R > src/test/resources/io/foreshard/forecast/theta/thetaf.properties

suppressMessages(library(forecast))

line <- function(name, key, values)
  cat(name, ".", key, " = ", paste(format(values, digits = 15, trim = TRUE), collapse = ","), "\n", sep = "")

case <- function(name, y, h) {
  y <- ts(round(y, 4), frequency = frequency(y))
  f <- thetaf(y, h = h, level = 95)
  m <- frequency(y)
  # What thetaf does before it smooths, to know the initial level, which it does not give.
  d <- if (m > 1) decompose(y, type = "multiplicative") else NULL
  seasonal <- m > 1 && max(abs(f$fitted - fitted(ses(y)))) > 1e-6
  model <- ses(if (seasonal) seasadj(d) else y)$model
  stopifnot(abs(model$par["alpha"] - f$model$alpha) < 1e-12)
  line(name, "period", m)
  line(name, "seasonal", as.numeric(seasonal))
  line(name, "series", y)
  line(name, "alpha", f$model$alpha)
  line(name, "level", model$par["l"])
  line(name, "drift", f$model$drift)
  line(name, "sigma", sqrt(f$model$sigma))
  line(name, "mean", f$mean)
  line(name, "upper", f$upper)
}

cat("# Computed using R", paste(R.version$major, R.version$minor, sep = "."), "and forecast",
    format(packageVersion("forecast")), "by src/test/golden/theta.R;\n# level: the initial level of ses;",
    "upper: the ends of the 95 % intervals.\n")
set.seed(20240612)
case("walk", ts(100 + cumsum(rnorm(80, 0.3))), 20)
case("noise", ts(1e6 + 0.5 * seq_len(60) + rnorm(60)), 12)
case("months", ts((100 + seq_len(100)) * (1 + 0.3 * sin(2 * pi * seq_len(100) / 12)) + rnorm(100, sd = 4), frequency = 12), 30)
case("week", ts(50 + c(9, 4, 0, -3, -5, -6, 1)[1 + seq_len(60) %% 7] + cumsum(rnorm(60, sd = 0.7)), frequency = 7), 20)
case("noSeason", ts(20 + rnorm(70), frequency = 12), 15)
