/** The dashboard: the counted calls as charts and tables. */
@NullMarked
package dev.bes.sandbox.portal.dashboard;

import org.jspecify.annotations.NullMarked;
