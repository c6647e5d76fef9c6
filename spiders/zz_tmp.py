from .base import Family
class Tmp(Family):
    name = "sanmenxia"
