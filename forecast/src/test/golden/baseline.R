# Writes the golden values of BaselineGoldenTest, computed by the R package forecast.
#
# Run from the forecast folder on Debian 12 with r-cran-forecast:
#     Rscript src/test/golden/baseline.R > src/test/resources/io/foreshard/forecast/baseline/baseline.properties

suppressMessages(library(forecast))

horizon <- 20
text <- function(values) paste(sprintf("%.17g", as.numeric(values)), collapse = ",")
row <- function(key, values) cat(key, " = ", text(values), "\n", sep = "")

set.seed(20240611)
series <- list(
  walk = cumsum(rnorm(50)),
  traffic = 5e9 + 1e9 * sin(2 * pi * (1:50) / 7) + 2e8 * rnorm(50),
  ramp = 3 * (1:50) + rnorm(50)
)

cat("# Computed using R package forecast ", as.character(packageVersion("forecast")), ", ", R.version.string, "\n", sep = "")
cat("# by src/test/golden/baseline.R: naive(), snaive() with period 7, rwf(drift = TRUE), median(); width: that of the\n")
cat("# 95 % interval of each step over that of the next.\n")
for (name in names(series)) {
  y <- series[[name]]
  fits <- list(
    naive = naive(y, h = horizon),
    snaive = snaive(ts(y, frequency = 7), h = horizon),
    drift = rwf(y, h = horizon, drift = TRUE)
  )
  row(paste0(name, ".series"), y)
  for (method in names(fits)) {
    fit <- fits[[method]]
    width <- fit$upper[, "95%"] - fit$lower[, "95%"]
    row(paste0(name, ".", method, ".mean"), fit$mean)
    row(paste0(name, ".", method, ".width"), width / width[1])
  }
  row(paste0(name, ".median15"), median(tail(y, 15)))
  row(paste0(name, ".median16"), median(tail(y, 16)))
}
