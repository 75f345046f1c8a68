# The processor time of R's ets(), which chooses among all forms, one series after the other.
#
# Rscript ets_speed.R DIR ROWS
#
# DIR holds an `index` (name,period,horizon) and one `<name>.csv` a series. ROWS gets series,cpu_s,form.
suppressMessages(library(forecast))

arguments <- commandArgs(trailingOnly = TRUE)
index <- read.csv(file.path(arguments[1], "index"), stringsAsFactors = FALSE)
rows <- "series,cpu_s,form"
for (i in seq_len(nrow(index))) {
  x <- scan(file.path(arguments[1], paste0(index$name[i], ".csv")), quiet = TRUE)
  spent <- system.time(fit <- ets(ts(x, frequency = index$period[i])))
  form <- gsub(",", "-", fit$method)
  rows <- c(rows, sprintf("%s,%.4f,%s", index$name[i], sum(spent[c("user.self", "sys.self")]), form))
}
writeLines(rows, arguments[2])
