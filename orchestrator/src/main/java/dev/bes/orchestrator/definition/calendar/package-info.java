/** Dates from files beside the definitions: business days, and days that are none. */
@NullMarked
package dev.bes.orchestrator.definition.calendar;

import org.jspecify.annotations.NullMarked;
