package io.foreshard.jmh.forecast;

/**
 * How a method did after one origin.
 *
 * @param series its name
 * @param method who
 * @param mase mean absolute error over that of the seasonal naive forecast on the data before the origin
 */
record NetworkScore(String series, String method, double mase) {

    static final String HEADER = "series,half,window,origin,method,mase,smape,cover95,msis95,cpu_s";

    static NetworkScore parse(String[] row) {
        return new NetworkScore(row[0], row[4], Rows.number(row[5]));
    }
}
