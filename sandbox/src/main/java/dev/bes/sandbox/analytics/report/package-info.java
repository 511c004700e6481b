/** Reports of the counted calls by REST, in the shape of API Management's. */
@NullMarked
package dev.bes.sandbox.analytics.report;

import org.jspecify.annotations.NullMarked;
