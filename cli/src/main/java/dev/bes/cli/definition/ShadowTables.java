package dev.bes.cli.definition;

import dev.bes.api.definition.ShadowSummaryJson;
import dev.bes.api.definition.ShadowSummaryJson.ColumnSummaryJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;

/** How the summary of shadows is shown. */
final class ShadowTables {
    static final Table<ShadowSummaryJson> SUMMARY = Table.<ShadowSummaryJson>of()
            .with("definition", ShadowSummaryJson::definition)
            .with("endpoint", ShadowSummaryJson::endpoint)
            .with("shadow", ShadowSummaryJson::shadowEndpoint)
            .with("compared", ShadowSummaryJson::compared)
            .with("same", ShadowSummaryJson::same)
            .with("differs", ShadowSummaryJson::differs, one -> one.differs() > 0 ? Colour.RED : Colour.GREEN)
            .with("notComparable", ShadowSummaryJson::notComparable)
            .with("failed", ShadowSummaryJson::failed)
            .with("skipped", ShadowSummaryJson::skipped)
            .with("underWay", ShadowSummaryJson::underWay);

    static final Table<ColumnSummaryJson> COLUMNS = Table.<ColumnSummaryJson>of()
            .with("output", ColumnSummaryJson::output)
            .with("column", ColumnSummaryJson::column)
            .with("differentTexts", ColumnSummaryJson::texts)
            .with("numbers", ColumnSummaryJson::numbers)
            .with("beyondTolerance", ColumnSummaryJson::beyond)
            .with("largestDifference", ColumnSummaryJson::largest)
            .with("meanDifference", ColumnSummaryJson::mean);

    private ShadowTables() {}
}
