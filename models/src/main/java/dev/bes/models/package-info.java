/** Trains the shipped models from the shipped data, as a step of the build. */
@NullMarked
package dev.bes.models;

import org.jspecify.annotations.NullMarked;
