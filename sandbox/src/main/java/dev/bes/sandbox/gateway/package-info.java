/** API Management: subscriptions, products, limits, exact refusals and call counts. */
@NullMarked
package dev.bes.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
