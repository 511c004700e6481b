/** CSV files: whether one is fit for scoring or delivery, and small ones as tables. */
@NullMarked
package dev.bes.orchestrator.pipeline.csv;

import org.jspecify.annotations.NullMarked;
