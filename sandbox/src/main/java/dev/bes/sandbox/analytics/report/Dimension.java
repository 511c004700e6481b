package dev.bes.sandbox.analytics.report;

import dev.bes.sandbox.analytics.Series;

/** What a report has a row for. */
public enum Dimension {
    /** Each API. */
    API("byApi") {
        @Override
        public Series of(Series series) {
            return new Series(series.apiId(), null, null, null, null);
        }
    },
    /** Each operation. */
    OPERATION("byOperation") {
        @Override
        public Series of(Series series) {
            return new Series(series.apiId(), series.operationId(), null, null, null);
        }
    },
    /** Each product. */
    PRODUCT("byProduct") {
        @Override
        public Series of(Series series) {
            return new Series(null, null, series.productId(), null, null);
        }
    },
    /** Each subscription. */
    SUBSCRIPTION("bySubscription") {
        @Override
        public Series of(Series series) {
            return new Series(null, null, series.productId(), series.sid(), series.userId());
        }
    },
    /** Each user. */
    USER("byUser") {
        @Override
        public Series of(Series series) {
            return new Series(null, null, null, null, series.userId());
        }
    };

    private final String report;

    Dimension(String report) {
        this.report = report;
    }

    /** The part of a series that the row of its calls is found by. */
    public abstract Series of(Series series);

    /** The id of what a row is about; empty for none. */
    public String id(Series row) {
        String id = switch (this) {
            case API -> row.apiId();
            case OPERATION -> row.operationId();
            case PRODUCT -> row.productId();
            case SUBSCRIPTION -> row.sid();
            case USER -> row.userId();
        };
        return id == null ? "" : id;
    }

    String report() {
        return report;
    }
}
