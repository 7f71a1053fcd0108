"""The pack for the pupil progress meetings: whom to talk about in each class, and room to write."""
