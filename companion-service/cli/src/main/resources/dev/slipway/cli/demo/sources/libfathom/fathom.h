/* Depths: conversion between fathoms and metres, and a running mean that needs no memory of the past. */
#ifndef FATHOM_H
#define FATHOM_H

#ifdef __cplusplus
extern "C" {
#endif

/* A running mean; zero-initialise before use. */
struct fathom_mean {
    unsigned long count;
    double metres;
};

/* One fathom is 1.8288 m, by definition. */
double fathom_to_metres(double fathoms);
double fathom_from_metres(double metres);

/* Takes one more sounding, in metres, into the mean. */
void fathom_add(struct fathom_mean *mean, double metres);

#ifdef __cplusplus
}
#endif

#endif
