# Writes the golden values of Croston's method, computed by the R package forecast.
#
# Run from the forecast folder on Debian 12 with r-cran-forecast:
#     Rscript src/test/golden/croston.R > src/test/resources/io/foreshard/forecast/intermittent/croston.properties

suppressMessages(library(forecast))

text <- function(values) paste(sprintf("%.17g", as.numeric(values)), collapse = ",")
row <- function(key, values) cat(key, " = ", text(values), "\n", sep = "")

set.seed(20240612)
series <- list(
  rare = rbinom(80, 1, 0.15) * (1 + rpois(80, 4)),
  frequent = rbinom(60, 1, 0.7) * 1e6 * rexp(60),
  single = c(rep(0, 9), 12, rep(0, 10))
)

cat("# Computed using R package forecast ", as.character(packageVersion("forecast")), ", ", R.version.string, "\n", sep = "")
cat("# by src/test/golden/croston.R: croston(); fitted: the forecasts of all steps but the first.\n")
for (name in names(series)) {
  for (alpha in c(0.1, 0.3)) {
    key <- paste0(name, ".", alpha * 10)
    fit <- croston(series[[name]], h = 3, alpha = alpha)
    row(paste0(key, ".alpha"), alpha)
    row(paste0(key, ".series"), series[[name]])
    row(paste0(key, ".fitted"), fitted(fit)[-1])
    row(paste0(key, ".mean"), fit$mean)
  }
}
