package dev.bes.orchestrator.web.list;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A handler whose answer is a list, or one item. Its caller chooses the fields of the items by {@code fields}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Listed {

    /** The record of an item. */
    Class<?> of();

    /** The field of the answer that holds the items; empty if the answer is the item itself. */
    String items() default "";

    /** The keys by which the items can be sorted. The first one is the usual order, from high to low if it begins with a minus. */
    String[] sort() default {};

    /** How many items come unless the caller says otherwise. */
    int usual() default 1_000;

    /** How many items a caller may ask for. */
    int most() default 1_000;
}
