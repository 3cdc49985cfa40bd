/**
 * Metadata of RPM repositories (rpm-md: {@code repomd.xml}, primary, filelists, other), package by package.
 *
 * <p>The content is that of createrepo_c 0.17, element by element, as found by comparing with its output.
 */
@NullMarked
package dev.slipway.packages.rpmmd;

import org.jspecify.annotations.NullMarked;
